// Calls what it reads, a line of JSON for each call, by the SDK that is its argument, and
// writes what the SDK made of the answer.
'use strict';

const readline = require('node:readline');
const { WebClient, LogLevel } = require(process.argv[2]);

const client = new WebClient(undefined, {
  slackApiUrl: process.env.SLACK_API_URL,
  logLevel: LogLevel.ERROR,
  retryConfig: { retries: 2, minTimeout: 1, maxTimeout: 5 },
});

// Some helpers of the SDK are more than one call.
const helpers = {
  async paginate({ token, method, ...args }) {
    const found = [];
    for await (const page of client.paginate(method, { token, ...args })) found.push(...(page.channels || page.members));
    return { ok: true, found: found.map((one) => one.id) };
  },
  async filesUploadV2({ content, ...args }) {
    return client.filesUploadV2({ ...args, file: Buffer.from(content) });
  },
  async chatStream({ token, said, ...args }) {
    const speaker = new WebClient(token, { slackApiUrl: process.env.SLACK_API_URL, logLevel: LogLevel.ERROR });
    const streamer = speaker.chatStream({ ...args, buffer_size: 8 });
    for (const text of said) await streamer.append({ markdown_text: text });
    return streamer.stop();
  },
  async download({ token, url }) {
    const answer = await fetch(url, { headers: token ? { Authorization: `Bearer ${token}` } : {} });
    return { ok: true, status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  },
};

async function call({ method, args }) {
  try {
    const helper = helpers[method];
    const answer = helper ? await helper(args) : await client.apiCall(method, args);
    return { ok: true, answer };
  } catch (error) {
    return { ok: false, code: error.code, error: error.data?.error || error.message };
  }
}

(async () => {
  console.log('ready');
  for await (const line of readline.createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await call(JSON.parse(line))));
  }
})();
