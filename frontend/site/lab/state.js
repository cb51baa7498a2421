/**
 * One word for a connection and its channel together: `connected` when the channel carries messages.
 *
 * @param {RTCPeerConnection | undefined} connection
 * @param {RTCDataChannel | undefined} channel
 * @param {boolean} isRepaired whether there was an open channel, and what breaks is repaired
 * @returns {import('../parts/page.js').State}
 */
export function stateOf(connection, channel, isRepaired) {
  if (!connection) return 'new';
  const { connectionState } = connection;
  // A channel that was open outlives the path below it.
  if (channel?.readyState === 'open') return connectionState === 'connected' ? 'connected' : 'reconnecting';
  const isEnded = channel?.readyState === 'closing' || channel?.readyState === 'closed';
  if (isRepaired && (isBroken(connection) || !isEnded)) return 'reconnecting';
  if (isEnded || connectionState === 'failed' || connectionState === 'closed') return 'closed';
  return connectionState === 'new' ? 'new' : 'connecting';
}

/**
 * @param {RTCPeerConnection} connection
 * @returns {boolean} whether only another one can help: without DTLS no restart of ICE does. Firefox gives it up in long cuts
 */
export const isBroken = ({ sctp }) => sctp?.transport.state === 'failed';
