// A plain Express app that does it right: the bytes as they came are kept beside
// what they are parsed into.
'use strict';
const express = require('express');
const { ready } = require('./ready');
const { signed } = require('./signed');
const { answer } = require('./slack');

const keepRaw = { verify: (req, _res, raw) => { req.raw = raw; } };
const app = express();
app.use(express.json(keepRaw), express.urlencoded({ extended: true, ...keepRaw }));

app.post('/slack/events', (req, res) => {
  if (!signed(req, req.raw ?? '')) return res.status(401).send('not signed by Slack');
  return answer(req, res);
});

const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => ready(server));
