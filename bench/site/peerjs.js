// `Peer` is the global that PeerJS's script makes.

/** @type {import('peerjs').Peer} */
let peer;

/** Our own PeerServer, and no STUN or TURN server: PeerJS's default asks public ones. */
const options = (port) => ({ host: '127.0.0.1', port, path: '/', config: { iceServers: [] } });

/** Is there first, under a name that the other one knows. */
export async function wait(name, port) {
  peer = new window.Peer(name, options(port));
  await opened(peer);
}

/** @returns {Promise<number>} milliseconds from new Peer to the open channel to the one who waits */
export async function toBrowser(name, port) {
  const start = performance.now();
  peer = new window.Peer(options(port));
  await opened(peer);
  await opened(peer.connect(name));
  return performance.now() - start;
}

export function leave() {
  peer.destroy();
}

function opened(emitter) {
  return new Promise((resolve, reject) => {
    emitter.once('open', resolve);
    emitter.once('error', reject);
  });
}
