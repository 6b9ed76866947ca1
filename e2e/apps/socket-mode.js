// An app on @slack/socket-mode alone: it acknowledges by itself, and says what it was
// sent.
'use strict';
const { SocketModeClient, LogLevel } = require('@slack/socket-mode');
const { WebClient } = require('@slack/web-api');

const clientOptions = { slackApiUrl: process.env.SLACK_API_URL };
const web = new WebClient(process.env.SLACK_BOT_TOKEN, clientOptions);
const socket = new SocketModeClient({ appToken: process.env.SLACK_APP_TOKEN, clientOptions, logLevel: LogLevel.ERROR });
const say = (text) => web.chat.postMessage({ channel: 'CBELAY00000', text });

socket.on('slash_commands', async ({ body, ack }) => {
  await ack({ text: 'deploying' });
  await say(`${body.command} ${body.text}`);
});
socket.on('interactive', async ({ body, ack }) => {
  await ack();
  await say(body.actions[0].action_id);
});
socket.on('app_mention', async ({ event, ack, retry_num: retry }) => {
  await ack();
  await say(`${event.type} by ${event.user}, retry ${retry}`);
});
socket.start().then(() => console.log('ready'));
