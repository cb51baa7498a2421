// node echo-werift.mjs PORT: as echo-node.mjs, with werift (TypeScript).
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { RTCPeerConnection } from 'werift';

async function answer(sdp) {
  const connection = new RTCPeerConnection({ iceServers: [], iceUseIpv6: false });
  connection.onDataChannel.subscribe((channel) => channel.onMessage.subscribe((message) => channel.send(message)));
  connection.connectionStateChange.subscribe((state) => {
    if (['disconnected', 'failed'].includes(state)) {
      connection.close();
    }
  });
  await connection.setRemoteDescription({ type: 'offer', sdp });
  // It gathers before this resolves.
  await connection.setLocalDescription(await connection.createAnswer());
  return connection.localDescription.sdp;
}

const server = createServer(async (request, response) => {
  response.end(request.method === 'POST' ? await answer(await text(request)) : undefined);
});
server.listen(Number(process.argv[2]), '127.0.0.1');
