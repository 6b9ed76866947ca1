// A Bolt app that handles everything Slack sends. Its argument is the receiver: http,
// express or socket.
'use strict';
const { App, ExpressReceiver, HTTPReceiver, LogLevel, SocketModeReceiver } = require('@slack/bolt');
const { handled } = require('./handled');
const { ready } = require('./ready');

const signingSecret = process.env.SLACK_SIGNING_SECRET;
const clientOptions = { slackApiUrl: process.env.SLACK_API_URL };
const logLevel = LogLevel.WARN;

const receiver = {
  http: () => new HTTPReceiver({ signingSecret, logLevel }),
  express: () => new ExpressReceiver({ signingSecret, logLevel }),
  socket: () => new SocketModeReceiver({
    appToken: process.env.SLACK_APP_TOKEN,
    // Here the receiver looks for the options of its own client.
    installerOptions: { clientOptions },
    logLevel,
  }),
}[process.argv[2]]();

const app = new App({ receiver, token: process.env.SLACK_BOT_TOKEN, clientOptions, logLevel });

app.command('/deploy', async ({ ack, command, client }) => {
  await ack({ text: 'deploying' });
  await handled(client, `command ${command.command} ${command.text}`, command);
});

app.action('belay_probe', async ({ ack, action, client }) => {
  await ack();
  await handled(client, `block_actions ${action.type} ${action.action_id}`, action);
});

app.options('belay_probe', async ({ ack, options, client }) => {
  await ack({ options: [{ text: { type: 'plain_text', text: 'Belay', emoji: false }, value: 'belay' }] });
  await handled(client, `block_suggestion ${options.action_id} ${options.value}`, options);
});

app.view({ callback_id: 'belay_probe', type: 'view_submission' }, async ({ ack, view, client }) => {
  await ack({ response_action: 'clear' });
  await handled(client, `view_submission ${view.state.values.belay.belay_probe.value}`, view);
});

app.view({ callback_id: 'belay_probe', type: 'view_closed' }, async ({ ack, view, client }) => {
  await ack();
  await handled(client, `view_closed ${view.callback_id}`, view);
});

for (const type of ['shortcut', 'message_action']) {
  app.shortcut({ callback_id: 'belay_probe', type }, async ({ ack, shortcut, client }) => {
    await ack();
    await handled(client, `${type} ${shortcut.callback_id}`, shortcut);
  });
}

for (const type of ['app_mention', 'app_home_opened', 'reaction_added', 'member_joined_channel']) {
  app.event(type, async ({ event, client }) => handled(client, `event ${type} ${event.user}`, event));
}

app.message(async ({ message, client }) => handled(client, `event message ${message.user}`, message));

app.function('belay_probe', async ({ inputs, complete, client }) => {
  await complete({ outputs: inputs });
  await handled(client, `event function_executed ${inputs.user_id}`, inputs);
});

app.start({ port: 0, host: '127.0.0.1' }).then((server) => (
  process.argv[2] === 'socket' ? console.log('ready') : ready(server)
));
