// The classic mistake: the body is parsed first, and JSON.stringify makes other
// bytes of it than Slack signed.
'use strict';
const express = require('express');
const { ready } = require('./ready');
const { signed } = require('./signed');
const { answer } = require('./slack');

const app = express();
app.use(express.json(), express.urlencoded({ extended: true }));

app.post('/slack/events', (req, res) => {
  if (!signed(req, JSON.stringify(req.body ?? {}))) return res.status(401).send('not signed by Slack');
  return answer(req, res);
});

const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => ready(server));
