// Says in a message what was handled, and what the handler was given: the spec waits
// for it.
'use strict';

exports.handled = (client, text, payload) => client.chat.postMessage({
  channel: 'CBELAY00000',
  text,
  metadata: { event_type: 'handled', event_payload: payload },
});
