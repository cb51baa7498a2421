import { showError } from '../parts/page.js';
import { fetchConfig, request, serverPeerProblem } from '../parts/server.js';
import { sessionOf } from './description.js';

/** Gathering ends in well under a second on most networks; an unreachable STUN server must not hold it up longer. */
const GATHERING_MS = 5000;

/**
 * Lets the Java peer answer an offer: one POST, in place of copying by hand.
 *
 * @param {RTCPeerConnection} connection with its offer set as local description
 * @returns {Promise<{ answer: string, address: string }>} the answer, as JSON text, and where the connection can be repaired
 * @throws {Error} with the server's sentence when it refuses
 */
export async function askServer(connection) {
  const { serverPeer } = await fetchConfig();
  if (serverPeer === null) throw new Error(await serverPeerProblem());
  await gathered(connection);
  return post(connection.localDescription);
}

/** @param {RTCSessionDescriptionInit | null} offer */
async function post(offer) {
  const response = await request('/__/peerhost/offer', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(offer),
  });
  return { answer: await response.text(), address: response.headers.get('Location') ?? '' };
}

/** The Java peer when a connection to it is broken: it can be asked at any time, by HTTP (docs/protocol.md). */
export class ServerMeeting {
  #address;
  #session;
  #meet;
  met = true;

  /**
   * @param {string} address of the connection
   * @param {string} session of the offer that it was made with
   * @param {import('./meeting.js').Meet} meet
   */
  constructor(address, session, meet) {
    this.#address = address;
    this.#session = session;
    this.#meet = meet;
  }

  open() {}

  check() {}

  close() {}

  /** @param {import('./meeting.js').Message} message an offer; its candidates need not be known to be answered */
  async send({ type, sdp }) {
    if (type !== 'offer') return;
    const of = sessionOf(sdp);
    try {
      if (of === this.#session) {
        this.#meet.received({ type: 'answer', sdp: await restart(this.#address, sdp), of });
        return;
      }
      const { answer, address } = await post({ type, sdp });
      this.#session = of;
      this.#address = address;
      this.#meet.received({ ...JSON.parse(answer), of });
    } catch (problem) {
      showError(problem);
    }
  }
}

/**
 * @param {string} address
 * @param {string} offer
 */
async function restart(address, offer) {
  const response = await request(address, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/sdp', Accept: 'application/sdp', 'If-Match': '*' },
    body: offer,
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
