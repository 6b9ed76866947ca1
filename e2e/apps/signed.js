// Slack's signature, as its documentation has it: over what the caller takes for the
// body. Whether that is right is the caller's affair.
'use strict';
const crypto = require('node:crypto');

exports.signed = (req, body) => {
  const timestamp = req.get('X-Slack-Request-Timestamp') ?? '';
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!/^\d+$/.test(timestamp) || age > 300) return false;
  const hmac = crypto.createHmac('sha256', process.env.SLACK_SIGNING_SECRET);
  hmac.update(`v0:${timestamp}:`).update(body);
  const expected = Buffer.from(`v0=${hmac.digest('hex')}`);
  const given = Buffer.from(req.get('X-Slack-Signature') ?? '');
  return expected.length === given.length && crypto.timingSafeEqual(expected, given);
};
