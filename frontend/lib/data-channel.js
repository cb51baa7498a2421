/**
 * A channel that both libraries know of beforehand: it gives the first offer something to offer, and carries what
 * the libraries say to each other. The id is one that labelled channels will not come to.
 */
export const CONTROL = { label: 'peerhost.control', options: { negotiated: true, id: 255 } };

/**
 * @typedef {object} ChannelOptions those of RTCDataChannelInit that suit a labelled channel
 * @property {boolean} [ordered]
 * @property {number} [maxRetransmits]
 * @property {number} [maxPacketLifeTime] milliseconds
 * @property {string} [protocol]
 */

/**
 * @param {RTCDataChannel} wire
 * @returns {ChannelOptions} what opens one like it
 */
export function optionsOf({ ordered, maxRetransmits, maxPacketLifeTime, protocol }) {
  return {
    ordered,
    maxRetransmits: maxRetransmits ?? undefined,
    maxPacketLifeTime: maxPacketLifeTime ?? undefined,
    protocol,
  };
}

/** @param {RTCDataChannelState} state whether messages go in it, or will */
export const carries = (state) => state === 'connecting' || state === 'open';
