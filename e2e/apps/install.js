// An app that people install, whose argument is what does it: bolt, bolt-direct, which
// has no page of its own before Slack's, bolt-stateless, which looks at no state, or
// provider, which is @slack/oauth alone.
'use strict';
const http = require('node:http');
const { App, LogLevel } = require('@slack/bolt');
const { InstallProvider, MemoryInstallationStore } = require('@slack/oauth');
const { handled } = require('./handled');
const { ready } = require('./ready');

const kind = process.argv[2];
const logLevel = LogLevel.ERROR;
const clientOptions = { slackApiUrl: process.env.SLACK_API_URL, logLevel };
const authorizationUrl = process.env.SLACK_AUTHORIZATION_URL;
const credentials = {
  clientId: process.env.SLACK_CLIENT_ID,
  clientSecret: process.env.SLACK_CLIENT_SECRET,
  stateSecret: process.env.SLACK_STATE_SECRET,
  installationStore: new MemoryInstallationStore(),
};
const scopes = ['chat:write', 'chat:write.public', 'commands'];

const withBolt = () => {
  const app = new App({
    ...credentials,
    signingSecret: process.env.SLACK_SIGNING_SECRET,
    scopes,
    clientOptions,
    logLevel,
    installerOptions: {
      authorizationUrl,
      clientOptions,
      directInstall: kind === 'bolt-direct',
      stateVerification: kind !== 'bolt-stateless',
      userScopes: ['users:read'],
    },
  });
  app.command('/deploy', async ({ ack, command, client }) => {
    await ack({ text: 'deploying' });
    await handled(client, `command ${command.command} ${command.text}`, {});
  });
  return app.start({ port: 0, host: '127.0.0.1' });
};

const withProvider = () => {
  const installer = new InstallProvider({ ...credentials, authorizationUrl, clientOptions, logLevel, installUrlOptions: { scopes } });
  const server = http.createServer((req, res) => {
    const { pathname } = new URL(req.url, 'http://localhost');
    if (pathname === '/slack/install') return installer.handleInstallPath(req, res);
    if (pathname === '/slack/oauth_redirect') return installer.handleCallback(req, res);
    res.writeHead(404);
    return res.end();
  });
  return new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(server)); });
};

(kind === 'provider' ? withProvider() : withBolt()).then(ready);
