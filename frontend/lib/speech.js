import { Delivery } from './delivery.js';
import { untakenFull } from './inbox.js';
import { Plain } from './plain.js';

const PROTOCOL = 'peerhost.1';

/** @typedef {import('./data-channel.js').ChannelOptions} ChannelOptions */
/**
 * @typedef {{ message: (data: string | ArrayBuffer) => void, progress: (loaded: number, total: number) => unknown,
 *   failed: (error: import('./errors.js').PeerhostError) => void }} Listener told of messages, of how far a larger one has
 *   come, and that the channel cannot go on
 */
/** @typedef {Listener} DeliveryListener */

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

/** @param {{ protocol?: string }} wire its protocol without the part that is ours */
export const ofApplication = ({ protocol = '' }) => protocol.replace(/^peerhost\.1(;|$)/, '');

/**
 * Whether what an RTCDataChannel carries are frames (docs/protocol.md).
 *
 * @param {ChannelOptions | RTCDataChannel} wire
 */
export const speaksFrames = (wire) => keepsAll(wire) && /^peerhost\.1(;|$)/.test(wire.protocol ?? '');

/**
 * How the messages of a channel travel.
 *
 * @param {import('./channel.js').Channel} channel
 * @param {ChannelOptions | RTCDataChannel} wire
 */
export function speech(channel, wire) {
  const { label } = channel;
  /** @type {DeliveryListener} */
  const listener = {
    message: (data) => {
      channel.inbox.receive(data) || listener.failed(untakenFull(label));
    },
    progress: (loaded, total) => channel.fire('progress', { loaded, total }),
    failed: (error) => {
      channel.wire?.close();
      channel.closed(error);
    },
  };
  const most = () => channel.peer.connection.sctp?.maxMessageSize ?? Number.POSITIVE_INFINITY;
  return speaksFrames(wire) ? new Delivery(label, listener) : new Plain(label, listener, most);
}

/** @param {{ ordered?: boolean, maxRetransmits?: number | null, maxPacketLifeTime?: number | null }} options */
function keepsAll({ ordered = true, maxRetransmits, maxPacketLifeTime }) {
  return ordered && (maxRetransmits ?? maxPacketLifeTime ?? undefined) === undefined;
}
