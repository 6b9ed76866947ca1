// A Bolt app that people install, with a store of its own, and /notes: as it should be,
// or with the one fault that its argument names. socket is the same over Socket Mode, with
// a token of its own.
'use strict';
const { App, LogLevel } = require('@slack/bolt');

const kind = process.argv[2];
if (kind === 'unverified') process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
const logLevel = LogLevel.ERROR;
const clientOptions = {
  slackApiUrl: process.env.SLACK_API_URL,
  logLevel,
  retryConfig: { retries: 1, minTimeout: 50, maxTimeout: 50 },
};

const installations = new Map();
const notes = new Map();
const keyOf = (q) => (q.isEnterpriseInstall ? q.enterpriseId : q.teamId);
const forget = (team) => {
  installations.delete(team);
  if (kind !== 'keeps-notes') notes.delete(team);
};
const installationStore = {
  storeInstallation: async (i) => { installations.set(i.isEnterpriseInstall ? i.enterprise.id : i.team.id, i); },
  fetchInstallation: async (q) => {
    const found = installations.get(keyOf(q));
    if (!found) throw new Error('this workspace has not installed the app');
    return found;
  },
  deleteInstallation: async (q) => forget(keyOf(q)),
};

const app = new App({
  logLevel,
  clientOptions,
  ...(kind === 'socket'
    ? { socketMode: true, token: process.env.SLACK_BOT_TOKEN, appToken: process.env.SLACK_APP_TOKEN }
    : {
      signingSecret: process.env.SLACK_SIGNING_SECRET,
      clientId: process.env.SLACK_CLIENT_ID,
      clientSecret: process.env.SLACK_CLIENT_SECRET,
      stateSecret: process.env.SLACK_STATE_SECRET,
      scopes: ['chat:write', 'commands', 'app_mentions:read', 'channels:history'],
      installationStore,
      installerOptions: { clientOptions, directInstall: true },
    }),
});

app.command('/notes', async ({ ack, command, client }) => {
  const own = notes.get(kind === 'one-store' ? '' : command.team_id) ?? [];
  if (command.text.startsWith('add ')) {
    notes.set(kind === 'one-store' ? '' : command.team_id, [...own, command.text.slice(4)]);
    await ack();
    return;
  }
  if (kind !== 'late') await ack();
  await client.chat.postMessage({ channel: command.channel_id, text: `Notes: ${own.join(', ')}` });
  if (kind === 'late') await ack();
});

const seen = new Set();
app.event('app_mention', async ({ event, body, client }) => {
  if (seen.has(body.event_id)) return;
  seen.add(body.event_id);
  await client.chat.postMessage({ channel: event.channel, text: 'You called?' });
});
app.event('message', async () => {});
if (kind !== 'keeps') {
  app.event('app_uninstalled', async ({ body }) => forget(body.team_id));
  app.event('tokens_revoked', async ({ body }) => forget(body.team_id));
}
app.error(async () => {});

app.start({ port: Number(process.env.PORT ?? 0), host: '127.0.0.1' }).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
