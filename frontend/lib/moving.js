/** Milliseconds that what was sent has to arrive when we leave. */
const LEAVE_WITHIN = 2_000;

/**
 * Closes channels from here; fulfilled when the other side has closed them too, and so has got all before, or cannot in time.
 *
 * @param {import('./channel.js').Channel[]} channels
 */
export async function closeAll(channels) {
  const closed = channels.map((channel) => {
    channel.close();
    return channel.readyState === 'closed' || comes(channel, LEAVE_WITHIN, 'close');
  });
  await Promise.all(closed);
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
