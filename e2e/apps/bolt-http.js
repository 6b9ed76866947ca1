// A Bolt app as Bolt's own guide begins one: App with its default HTTPReceiver.
// It verifies over the raw body, which Bolt sees to.
'use strict';
const { App, LogLevel } = require('@slack/bolt');
const { ready } = require('./ready');

const app = new App({
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  // Without this Bolt would ask Slack whose token it is, and there is no network.
  authorize: async () => ({ botToken: 'xoxb-x', botId: 'B1', botUserId: 'U1' }),
  logLevel: LogLevel.ERROR,
});

app.command('/deploy', async ({ ack }) => {
  await ack('deploying');
});

app.action('approve', async ({ ack }) => {
  await ack();
});

app.event('app_mention', async () => {});

app.start({ port: Number(process.env.PORT ?? 0), host: '127.0.0.1' }).then(ready);
