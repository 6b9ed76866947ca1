// An app on the adapters that came before Bolt: @slack/events-api for events, and
// @slack/interactive-messages for buttons, menus, dialogs and message actions.
'use strict';
const http = require('node:http');
const { createEventAdapter } = require('@slack/events-api');
const { createMessageAdapter } = require('@slack/interactive-messages');
const { WebClient } = require('@slack/web-api');
const { handled } = require('./handled');
const { ready } = require('./ready');

const secret = process.env.SLACK_SIGNING_SECRET;
const client = new WebClient(process.env.SLACK_BOT_TOKEN, { slackApiUrl: process.env.SLACK_API_URL });

const events = createEventAdapter(secret);
for (const type of ['app_mention', 'message', 'app_home_opened', 'reaction_added', 'member_joined_channel']) {
  events.on(type, (event) => handled(client, `event ${type} ${event.user}`, event));
}
events.on('error', (error) => console.error(error.message));

const interactions = createMessageAdapter(secret);
for (const type of ['button', 'select']) {
  interactions.action({ callbackId: 'belay_probe', type }, async (payload) => {
    await handled(client, `interactive_message ${type} ${payload.actions[0].name}`, payload);
    return { text: `${type} used` };
  });
}
interactions.action({ callbackId: 'belay_probe', type: 'dialog_submission' }, async (payload) => {
  await handled(client, `dialog_submission ${payload.submission.belay_probe}`, payload);
  return { errors: [{ name: 'belay_probe', error: 'not today' }] };
});
interactions.action({ callbackId: 'belay_probe', type: 'message_action' }, async (payload) => {
  await handled(client, `message_action ${payload.callback_id}`, payload);
});
interactions.options({ callbackId: 'belay_probe', within: 'interactive_message' }, async (payload) => {
  await handled(client, `interactive_message_suggestion ${payload.name} ${payload.value}`, payload);
  return { options: [{ text: 'Belay', value: 'belay' }] };
});
interactions.options({ callbackId: 'belay_probe', within: 'dialog' }, async (payload) => {
  await handled(client, `dialog_suggestion ${payload.name} ${payload.value}`, payload);
  return { options: [{ label: 'Belay', value: 'belay' }] };
});

const take = { '/slack/events': events.requestListener(), '/slack/actions': interactions.requestListener() };
const server = http.createServer((req, res) => take[req.url](req, res));
server.listen(0, '127.0.0.1', () => ready(server));
