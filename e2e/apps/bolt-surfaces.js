// A Bolt app that uses every surface: it answers commands, opens and updates modals,
// fills menus, replaces messages, and publishes a home tab. Over HTTP, or with the
// argument socket over Socket Mode.
'use strict';

const { App, LogLevel } = require('@slack/bolt');

const socketMode = process.argv[2] === 'socket';
const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  appToken: process.env.SLACK_APP_TOKEN,
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  socketMode,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});

const plain = (text) => ({ type: 'plain_text', text });
const approval = [
  { type: 'section', block_id: 'question', text: { type: 'mrkdwn', text: '*Deploy?*' } },
  {
    type: 'actions', block_id: 'answers', elements: [
      { type: 'button', action_id: 'approve', text: plain('Approve'), value: '42' },
      { type: 'external_select', action_id: 'city', placeholder: plain('City'), min_query_length: 1 },
    ],
  },
];
const modal = (title) => ({
  type: 'modal', callback_id: 'reason', notify_on_close: true, title: plain(title), submit: plain('Go'),
  blocks: [{ type: 'input', block_id: 'why', label: plain('Why'), element: { type: 'plain_text_input', action_id: 'text' } }],
});

app.command('/deploy', async ({ ack, respond, command }) => {
  await ack({ response_type: 'in_channel', text: `Deploying ${command.text}`, blocks: approval });
  await respond({ text: 'I shall tell you.' });
});
app.command('/ask', async ({ ack, client, body }) => {
  await ack();
  await client.views.open({ trigger_id: body.trigger_id, view: modal('Ask') });
});
app.action('approve', async ({ ack, respond, action }) => {
  await ack();
  await respond({ replace_original: true, text: `Approved ${action.value}` });
});
app.action('city', async ({ ack, say, action }) => {
  await ack();
  await say(`To ${action.selected_option.value}`);
});
app.options('city', async ({ ack, options }) => {
  await ack({ options: [{ text: plain('Berlin'), value: 'berlin' }, { text: plain('Bern'), value: 'bern' }].filter((o) => o.value.startsWith(options.value)) });
});
app.view('reason', async ({ ack, client, view, body }) => {
  const text = view.state.values.why.text.value;
  if (text === 'no') return ack({ response_action: 'errors', errors: { why: 'Say more' } });
  if (text === 'more') return ack({ response_action: 'update', view: modal('More') });
  if (text === 'deeper') return ack({ response_action: 'push', view: modal('Deeper') });
  await ack();
  await client.chat.postMessage({ channel: body.user.id, text: `Because ${text}` });
});
app.view({ type: 'view_closed', callback_id: 'reason' }, async ({ ack, client, body }) => {
  await ack();
  await client.chat.postMessage({ channel: body.user.id, text: 'Never mind' });
});
app.shortcut('new_bug', async ({ ack, client, shortcut }) => {
  await ack();
  await client.views.open({ trigger_id: shortcut.trigger_id, view: modal('Bug') });
});
app.shortcut('file_bug', async ({ ack, respond, shortcut }) => {
  await ack();
  await respond({ response_type: 'in_channel', text: `Filed: ${shortcut.message.text}` });
});
app.event('app_mention', async ({ event, say }) => {
  await say({ text: `Hello <@${event.user}>`, thread_ts: event.ts });
});
app.event('app_home_opened', async ({ event, client }) => {
  await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'section', text: plain('Home') }] } });
});
app.error(async (error) => console.error(error));

(async () => {
  const server = await app.start(socketMode ? undefined : { port: Number(process.env.PORT), host: '127.0.0.1' });
  console.log(socketMode ? 'ready' : `ready ${server.address().port}`);
})();
