import { rtcConfigFrom, signalingUrl } from './config.js';
import { Connections } from './connections.js';
import { PeerhostError } from './errors.js';
import { loadTraffic } from './later.js';
import { Room } from './room.js';

export { PeerhostError } from './errors.js';
export { Room } from './room.js';

/** @typedef {import('./action.js').Action} Action */
/** @typedef {import('./channel.js').Channel} Channel */
/** @typedef {import('./channels.js').ChannelOptions} ChannelOptions */
/** @typedef {import('./errors.js').PeerhostErrorCode} PeerhostErrorCode */
/** @typedef {import('./data.js').Data} Data */
/** @typedef {import('./peer.js').Peer} Peer */
/** @typedef {import('./peer.js').PeerState} PeerState */
/** @typedef {import('./room-channel.js').RoomChannel} RoomChannel */

// Whoever joins is told if that fails, when it has failed once more.
loadTraffic().catch(() => {});

/** Milliseconds. */
const JOIN_WITHIN = 10_000;
const RECOVER_WITHIN = 60_000;

/**
 * @typedef {object} JoinOptions
 * @property {string} [name] what the others see us as, 1 to 64 characters
 * @property {string | URL} [url] the signaling's address, where it is not on the server that this module came from
 * @property {RTCConfiguration} [rtcConfig] in place of the server's STUN and TURN servers
 * @property {import('./recovery.js').IceRestart} [iceRestart] when an interrupted connection is repaired: 3 s after it was
 *   `disconnected` (so where not given), when it has `failed`, or with false never
 * @property {number} [recoveryTimeout] milliseconds that the repair may take before the peer is closed, 60,000 where not given
 * @property {number} [timeout] milliseconds, 10,000 where not given
 * @property {AbortSignal} [signal] gives up joining; once joined, leave() is the way out
 */

/**
 * Joins a room and connects to every browser that is in it.
 *
 * @param {string} roomId 1 to 64 of `A–Z a–z 0–9 _ -`
 * @param {JoinOptions} [options]
 * @returns {Promise<Room>}
 * @throws {PeerhostError} BAD_ROOM, BAD_BODY (the name), ROOM_FULL and the server's other refusals; BAD_URL;
 *   SIGNALING_UNREACHABLE, SIGNALING_ERROR; CONFIG_UNAVAILABLE; MODULE_UNAVAILABLE; BAD_RTC_CONFIG; TIMEOUT; ABORTED
 */
export async function joinRoom(roomId, options = {}) {
  const { name, url, rtcConfig, timeout = JOIN_WITHIN, signal } = options;
  const { iceRestart = 'disconnected', recoveryTimeout = RECOVER_WITHIN } = options;
  if (typeof roomId !== 'string' || !/^[\w-]{1,64}$/.test(roomId)) {
    throw new PeerhostError('BAD_ROOM', `"${roomId}" names no room: use 1 to 64 of A–Z a–z 0–9 _ -`);
  }
  const address = signalingUrl(url);
  if (signal?.aborted) {
    throw aborted(roomId, signal);
  }
  // A bad one needs no server to be refused.
  const made = rtcConfig && new Connections(rtcConfig);
  const settings = Promise.all([rtcConfigFrom(rtcConfig), loadTraffic()]).then(([config]) => ({
    connections: made ?? new Connections(config),
    iceRestart,
    recoveryTimeout,
  }));
  const room = new Room(roomId, { url: address, name, settings });
  /** @type {(error: PeerhostError) => void} */
  let giveUp = () => {};
  const givenUp = new Promise((_, reject) => {
    giveUp = reject;
  });
  const onAbort = () => signal && giveUp(aborted(roomId, signal));
  const late = new PeerhostError('TIMEOUT', `The server did not let us into "${roomId}" within ${timeout} ms`);
  const timer = setTimeout(() => giveUp(late), timeout);
  signal?.addEventListener('abort', onAbort);
  try {
    await Promise.race([room.join(), givenUp]);
    return room;
  } catch (error) {
    room.leave();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

/**
 * @param {string} roomId
 * @param {AbortSignal} signal
 */
function aborted(roomId, { reason }) {
  return new PeerhostError('ABORTED', `Joining "${roomId}" was aborted: ${reason}`, { cause: reason });
}
