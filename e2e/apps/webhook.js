// Posts what it reads, a line of JSON for each message, to the webhook that is its
// argument.
'use strict';

const readline = require('node:readline');
const { IncomingWebhook } = require('@slack/webhook');

const webhook = new IncomingWebhook(process.argv[2]);

(async () => {
  console.log('ready');
  for await (const line of readline.createInterface({ input: process.stdin })) {
    try {
      const { text } = await webhook.send(JSON.parse(line));
      console.log(JSON.stringify({ ok: true, text }));
    } catch (error) {
      console.log(JSON.stringify({ ok: false, code: error.code, status: error.statusCode, text: String(error.body ?? error.message) }));
    }
  }
})();
