/**
 * One word for a connection and its channel together: `connected` when the channel carries messages.
 *
 * @param {RTCPeerConnection | undefined} connection
 * @param {RTCDataChannel | undefined} channel
 * @returns {import('../parts/page.js').State}
 */
export function stateOf(connection, channel) {
  if (!connection) return 'new';
  const { connectionState } = connection;
  if (channel?.readyState === 'closing' || channel?.readyState === 'closed') return 'closed';
  // A channel that was open outlives the path below it.
  if (channel?.readyState === 'open') return connectionState === 'connected' ? 'connected' : 'reconnecting';
  if (connectionState === 'failed' || connectionState === 'closed') return 'closed';
  return connectionState === 'new' ? 'new' : 'connecting';
}
