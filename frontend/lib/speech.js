import { TransferEvent } from './events.js';
import { untakenFull } from './inbox.js';
import { traffic } from './later.js';

const PROTOCOL = 'peerhost.1';

/** @typedef {import('./data-channel.js').ChannelOptions} ChannelOptions */
/** @typedef {import('./delivery.js').DeliveryListener} DeliveryListener */

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
    progress: (loaded, total) => channel.dispatchEvent(new TransferEvent(loaded, total)),
    failed: (error) => {
      channel.wire?.close();
      channel.closed(error);
    },
  };
  const most = () => channel.peer.connection.sctp?.maxMessageSize ?? Number.POSITIVE_INFINITY;
  return speaksFrames(wire) ? new traffic.Delivery(label, listener) : new traffic.Plain(label, listener, most);
}

/** @param {{ ordered?: boolean, maxRetransmits?: number | null, maxPacketLifeTime?: number | null }} options */
function keepsAll({ ordered = true, maxRetransmits, maxPacketLifeTime }) {
  return ordered && (maxRetransmits ?? maxPacketLifeTime ?? undefined) === undefined;
}
