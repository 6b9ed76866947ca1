// The mistake of many a tutorial: the form is parsed first and written again by qs,
// which gives Slack's bytes for easy commands and others for hard ones.
'use strict';
const express = require('express');
const qs = require('qs');
const { ready } = require('./ready');
const { signed } = require('./signed');
const { answer } = require('./slack');

const app = express();
app.use(express.json(), express.urlencoded({ extended: true }));

app.post('/slack/events', (req, res) => {
  const body = qs.stringify(req.body, { format: 'RFC1738' });
  if (!signed(req, body)) return res.status(401).send('not signed by Slack');
  return answer(req, res);
});

const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => ready(server));
