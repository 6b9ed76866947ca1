// What the plain Express apps answer, once they believe that Slack asks.
'use strict';

exports.answer = (req, res) => {
  const { type, challenge, command } = req.body;
  if (type === 'url_verification') return res.type('text/plain').send(challenge);
  if (command === '/deploy') return res.json({ text: 'deploying' });
  if (command) return res.json({ text: `I do not know ${command}.` });
  return res.send();
};
