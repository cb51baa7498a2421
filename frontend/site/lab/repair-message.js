import { sessionOf } from './description.js';

/** @typedef {import('/__/peerhost/signaling.js').Message} Message */

/**
 * What one page says to the other at their meeting: a description or a candidate as between browsers in a room, with what
 * else the other must know.
 *
 * @param {'offer' | 'answer' | 'candidate'} type
 * @param {object} body
 * @param {RTCPeerConnection} connection
 * @param {number} [received] how many messages have come
 * @returns {Message}
 */
export function repairMessage(type, body, { remoteDescription }, received) {
  return {
    type,
    ...body,
    ...(type === 'answer' && { of: sessionOf(remoteDescription?.sdp) }),
    ...(type !== 'candidate' && { received }),
  };
}

/**
 * @param {Message} message
 * @param {RTCPeerConnection} connection
 * @returns {boolean} whether it is about an offer that was given up for another connection's
 */
export const isStale = ({ type, of }, { localDescription }) =>
  (type === 'answer' || type === 'broken') && of !== sessionOf(localDescription?.sdp);
