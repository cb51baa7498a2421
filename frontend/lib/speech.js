import { Delivery } from './delivery.js';
import { Plain } from './plain.js';

const PROTOCOL = 'peerhost.1';
const OURS = /^peerhost\.1(;|$)/;

/** @typedef {import('./data-channel.js').ChannelOptions} ChannelOptions */
/**
 * @typedef {{ message: (data: string | ArrayBuffer) => void, progress: (loaded: number, total: number) => unknown,
 *   failed: (error: import('./errors.js').PeerhostError) => void, largest: () => number }} Listener told of messages, of how far
 *   a larger one has come, and that the channel cannot go on; knows how many bytes a message of an RTCDataChannel may have
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
export function speech(channel) {
  const { label, options } = channel;
  /** @type {Listener} */
  const listener = {
    message: (data) => channel.inbox.receive(data),
    progress: (loaded, total) => channel.fire('progress', { loaded, total }),
    failed: (error) => channel.closed(error),
    largest: () => channel.peer.connection.sctp?.maxMessageSize ?? Infinity,
  };
  return speaksFrames(options) ? new Delivery(label, listener) : new Plain(label, listener);
}

/** @param {ChannelOptions} options */
function keepsAll({ ordered = true, maxRetransmits, maxPacketLifeTime }) {
  return ordered && (maxRetransmits ?? maxPacketLifeTime) === undefined;
}
