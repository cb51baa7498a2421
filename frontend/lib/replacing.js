import { Link } from './link.js';
import { comes } from './moving.js';

/** Milliseconds without a message after which an RTCDataChannel that is given nothing more has had its answers. */
const QUIET_FOR = 500;

/** @typedef {import('./channel.js').Channel} Channel */

/**
 * Goes over to another RTCPeerConnection, made beside the one that stands: both live until all channels have moved. If it
 * fails, or is abandoned, the one that there is simply stays.
 *
 * @param {import('./path.js').Path} path
 * @param {number} within milliseconds that the other side keeps the current one
 */
export async function replace(path, within) {
  if (path.next || path.leaving || !['connected', 'reconnecting'].includes(path.peer.state)) {
    return;
  }
  const next = new Link(path, true, path.link);
  path.next = next;
  const stands = next.carrier && (await comes(next.carrier, within / 2, 'open'));
  if (path.next !== next) {
    return;
  }
  if (!stands) {
    path.abandon();
    return;
  }
  path.next = undefined;
  path.leaving = path.link;
  path.link = next;
  path.follow(next, 'connected');
  await path.channels.each(async (channel, open) => {
    await leave(channel, within / 2);
    open();
    await heard(channel, within / 2);
  });
  path.leaving.close();
  path.leaving = undefined;
}

/**
 * Takes a channel off its RTCDataChannel so that nothing is lost: what is sent from now on waits for another one.
 *
 * @param {Channel} channel
 * @param {number} within milliseconds
 */
async function leave(channel, within) {
  const { wire, outbox } = channel;
  if (!wire) {
    return;
  }
  if (channel.live && !outbox.framed) {
    outbox.restart(false);
    await quiet(wire, within / 2);
  }
  if (channel.live && channel.wire === wire) {
    channel.attach(undefined, false);
    if (outbox.framed) {
      // What it loses is sent again, and the other side must not see it end.
      return;
    }
    wire.close();
  }
  if (wire.readyState !== 'closed') {
    await comes(wire, within / 2, 'close');
  }
  if (!channel.live) {
    // Its connection may go before it says so.
    channel.closed();
  }
}

/**
 * Waits until the other side carries on with a channel of frames over the RTCDataChannel that it has now.
 *
 * @param {Channel} channel
 * @param {number} within milliseconds
 */
async function heard({ wire, outbox }, within) {
  if (wire && outbox.framed) {
    await comes(wire, within, 'message', 'close');
  }
}

/**
 * Waits until an RTCDataChannel has sent all and nothing has come for a while, or until it is closed.
 *
 * @param {RTCDataChannel} wire
 * @param {number} within milliseconds
 */
async function quiet(wire, within) {
  const late = performance.now() + within;
  let busy = true;
  while (busy && wire.readyState === 'open' && performance.now() < late) {
    busy = (await comes(wire, QUIET_FOR, 'message')) || wire.bufferedAmount > 0;
  }
}
