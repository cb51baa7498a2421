/** Milliseconds; more than anything in memory takes on a busy machine. */
const WITHIN = 20_000;

/**
 * The next event of a type.
 *
 * @param {EventTarget} target
 * @param {string} type
 * @param {(event: any) => boolean} [matches]
 * @returns {Promise<any>}
 */
export function next(target, type, matches = () => true) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${type} within ${WITHIN} ms`)), WITHIN);
    /** @param {Event} event */
    const listener = (event) => {
      if (matches(event)) {
        clearTimeout(timer);
        target.removeEventListener(type, listener);
        resolve(event);
      }
    };
    target.addEventListener(type, listener);
  });
}

/**
 * Waits for something that no event tells.
 *
 * @param {() => unknown} holds
 */
export async function until(holds) {
  const end = Date.now() + WITHIN;
  while (!holds()) {
    if (Date.now() > end) {
      throw new Error(`not within ${WITHIN} ms: ${holds}`);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/**
 * What a channel receives from now on.
 *
 * @param {EventTarget} channel
 * @returns {any[]}
 */
export function received(channel) {
  /** @type {any[]} */
  const messages = [];
  channel.addEventListener('message', (event) => messages.push(/** @type {MessageEvent} */ (event).data));
  return messages;
}
