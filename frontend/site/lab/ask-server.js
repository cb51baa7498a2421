import { fetchConfig, request, serverPeerProblem } from '../parts/server.js';

/** Gathering ends in well under a second on most networks; an unreachable STUN server must not hold it up longer. */
const GATHERING_MS = 5000;

/**
 * Lets the Java peer answer an offer: one POST, in place of copying by hand.
 *
 * @param {RTCPeerConnection} connection with its offer set as local description
 * @returns {Promise<string>} the answer, as JSON text
 * @throws {Error} with the server's sentence when it refuses
 */
export async function askServer(connection) {
  const { serverPeer } = await fetchConfig();
  if (serverPeer === null) throw new Error(await serverPeerProblem());
  await gathered(connection);
  const response = await request('/__/peerhost/offer', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(connection.localDescription),
  });
  return response.text();
}

/** @param {RTCPeerConnection} connection */
function gathered(connection) {
  return new Promise((resolve) => {
    const check = () => connection.iceGatheringState === 'complete' && resolve(undefined);
    connection.addEventListener('icegatheringstatechange', check, { signal: AbortSignal.timeout(GATHERING_MS) });
    setTimeout(resolve, GATHERING_MS);
    check();
  });
}
