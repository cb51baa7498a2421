/** Milliseconds without a message after which an RTCDataChannel that is given nothing more has had its answers. */
const QUIET_FOR = 500;
/** Milliseconds that what was sent has to arrive when we leave. */
const LEAVE_WITHIN = 2_000;

/** @typedef {import('./channel.js').Channel} Channel */

/**
 * Takes a channel off its RTCDataChannel so that nothing is lost: what is sent from now on waits for another one.
 *
 * @param {Channel} channel
 * @param {number} within milliseconds
 */
export async function leave(channel, within) {
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
 * Closes channels from here; fulfilled when the other side has closed them too, and so has got all before, or cannot in time.
 *
 * @param {Channel[]} channels
 */
export async function closeAll(channels) {
  const closed = channels.map((channel) => {
    channel.close();
    return channel.readyState === 'closed' || comes(channel, LEAVE_WITHIN, 'close');
  });
  await Promise.all(closed);
}

/**
 * Waits until the other side carries on with a channel of frames over the RTCDataChannel that it has now.
 *
 * @param {Channel} channel
 * @param {number} within milliseconds
 */
export async function heard({ wire, outbox }, within) {
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

/**
 * @param {EventTarget} target
 * @param {number} within milliseconds
 * @param {string[]} types
 * @returns {Promise<boolean>} whether an event of one of these types comes in time
 */
export function comes(target, within, ...types) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, within, false);
    const come = () => {
      clearTimeout(timer);
      resolve(true);
    };
    for (const type of types) {
      target.addEventListener(type, come, { once: true });
    }
  });
}
