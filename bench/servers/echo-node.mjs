// node echo-node.mjs PORT: POST /offer takes an offer as SDP and gives the answer; every message comes back as it is.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { PeerConnection } from 'node-datachannel';

/** What was not yet closed, so that nothing is collected while it is in use. */
const connections = new Set();

function answer(offer) {
  const connection = new PeerConnection('echo', { iceServers: [] });
  connections.add(connection);
  connection.onDataChannel((channel) => {
    connection.channel = channel;
    channel.onMessage((message) =>
      typeof message === 'string' ? channel.sendMessage(message) : channel.sendMessageBinary(message),
    );
  });
  connection.onStateChange((state) => {
    if (['disconnected', 'failed', 'closed'].includes(state) && connections.delete(connection)) {
      connection.close();
    }
  });
  return new Promise((resolve) => {
    connection.onGatheringStateChange((state) => {
      if (state === 'complete') {
        resolve(connection.localDescription().sdp);
      }
    });
    connection.setRemoteDescription(offer, 'offer');
  });
}

const server = createServer(async (request, response) => {
  response.end(request.method === 'POST' ? await answer(await text(request)) : undefined);
});
server.listen(Number(process.argv[2]), '127.0.0.1');
