// node echo-wrtc.mjs PORT: as echo-node.mjs, with @roamhq/wrtc (libwebrtc).
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import wrtc from '@roamhq/wrtc';

const connections = new Set();

async function answer(sdp) {
  const connection = new wrtc.RTCPeerConnection();
  connections.add(connection);
  connection.ondatachannel = ({ channel }) => {
    channel.binaryType = 'arraybuffer';
    channel.onmessage = ({ data }) => channel.send(data);
  };
  connection.onconnectionstatechange = () => {
    if (['disconnected', 'failed', 'closed'].includes(connection.connectionState) && connections.delete(connection)) {
      connection.close();
    }
  };
  await connection.setRemoteDescription({ type: 'offer', sdp });
  await connection.setLocalDescription(await connection.createAnswer());
  while (connection.iceGatheringState !== 'complete') {
    await new Promise((resolve) => connection.addEventListener('icegatheringstatechange', resolve, { once: true }));
  }
  return connection.localDescription.sdp;
}

const server = createServer(async (request, response) => {
  response.end(request.method === 'POST' ? await answer(await text(request)) : undefined);
});
server.listen(Number(process.argv[2]), '127.0.0.1');
