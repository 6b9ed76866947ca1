// Says on one line where a server listens, for the spec that waits for it.
'use strict';

exports.ready = (server) => {
  console.log(`ready ${server.address().port}`);
};
