import { Delivery } from './delivery.js';
import { Plain } from './plain.js';

const PROTOCOL = 'peerhost.1';
const OURS = /^peerhost\.1(;|$)/;

/** @typedef {import('./data-channel.js').ChannelOptions} ChannelOptions */
/**
 * @typedef {Pick<import('./channel.js').Channel, 'label' | 'fire' | 'closed'> & { inbox: Pick<import('./inbox.js').Inbox, 'receive'>,
 *   peer: { connection: Pick<RTCPeerConnection, 'sctp'> } }} Listener what the speech of a channel needs of it
 */

/**
 * What a data channel is opened with: a reliable ordered one says that it speaks `peerhost.1`.
 *
 * @param {ChannelOptions} [options] the application's
 * @returns {ChannelOptions}
 */
export function onWire(options = {}) {
  const { protocol } = options;
  return keepsAll(options) ? { ...options, protocol: protocol ? `${PROTOCOL};${protocol}` : PROTOCOL } : options;
}

/** @param {ChannelOptions} options their protocol without the part that is ours */
export const ofApplication = ({ protocol = '' }) => protocol.replace(OURS, '');

/** @param {ChannelOptions} options whether what goes over an RTCDataChannel with these are frames (docs/protocol.md) */
export const speaksFrames = (options) => keepsAll(options) && OURS.test(options.protocol ?? '');

/**
 * How the messages of a channel travel.
 *
 * @param {import('./channel.js').Channel} channel
 */
export const speech = (channel) => (speaksFrames(channel.options) ? new Delivery(channel) : new Plain(channel));

/** @param {ChannelOptions} options */
function keepsAll({ ordered = true, maxRetransmits, maxPacketLifeTime }) {
  return ordered && (maxRetransmits ?? maxPacketLifeTime) === undefined;
}
