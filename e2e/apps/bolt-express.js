// A Bolt app on an ExpressReceiver, which is chosen when the app has pages of its
// own beside what Slack calls.
'use strict';
const { App, ExpressReceiver, LogLevel } = require('@slack/bolt');
const { ready } = require('./ready');

const receiver = new ExpressReceiver({
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  logLevel: LogLevel.ERROR,
});

const app = new App({
  receiver,
  authorize: async () => ({ botToken: 'xoxb-x', botId: 'B1', botUserId: 'U1' }),
  logLevel: LogLevel.ERROR,
});

receiver.router.get('/', (_req, res) => res.send('a page of its own'));

app.command('/deploy', async ({ ack }) => {
  await ack('deploying');
});

app.action('approve', async ({ ack }) => {
  await ack();
});

app.event('app_mention', async () => {});

app.start({ port: Number(process.env.PORT ?? 0), host: '127.0.0.1' }).then(ready);
