import { serverRtcConfig, signalingUrl } from './config.js';
import { Connections } from './connections.js';
import { inTime, PeerhostError } from './errors.js';
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

/** Milliseconds. */
const JOIN_WITHIN = 10_000;

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
 *   SIGNALING_UNREACHABLE, SIGNALING_ERROR; CONFIG_UNAVAILABLE; BAD_RTC_CONFIG; TIMEOUT; ABORTED
 */
export async function joinRoom(roomId, options = {}) {
  const { name, url, rtcConfig, timeout = JOIN_WITHIN, signal } = options;
  if (typeof roomId !== 'string' || !/^[\w-]{1,64}$/.test(roomId)) {
    throw new PeerhostError('BAD_ROOM', `"${roomId}" names no room: use 1 to 64 of A-Z a-z 0-9 _ -`);
  }
  const address = signalingUrl(url);
  /** @type {Room | undefined} */
  let room;
  const join = async () => {
    // A bad one needs no server to be refused.
    const made = rtcConfig && new Connections(rtcConfig);
    const settings = (async () => ({ ...options, connections: made ?? new Connections(await serverRtcConfig()) }))();
    room = new Room(roomId, { url: address, name, settings });
    await room.join();
    return room;
  };
  return inTime(join, `Joining "${roomId}"`, timeout, signal).catch((error) => {
    room?.leave();
    throw error;
  });
}
