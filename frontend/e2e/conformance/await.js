/** Milliseconds that anything may take before a row gives up: SCTP may be in the 6 s between two of its retransmissions. */
const PATIENCE = 30_000;

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {string} what is waited for
 * @returns {Promise<T>} rejects with a sentence when it takes too long
 */
export function soon(promise, what) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${PATIENCE} ms`)), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * @param {EventTarget} target
 * @param {string} type
 * @param {() => boolean} [until] what must be so; asked now and at each event
 * @returns {Promise<void>}
 */
export function event(target, type, until) {
  const happened = new Promise((resolve) => {
    const ask = () => {
      if (until?.() ?? true) {
        target.removeEventListener(type, ask);
        resolve(undefined);
      }
    };
    target.addEventListener(type, ask);
    if (until) {
      ask();
    }
  });
  return soon(happened, `the event ${type}`);
}

/**
 * @param {RTCDataChannel} channel
 * @returns {Promise<void>} once it is open
 */
export const opened = (channel) => event(channel, 'open', () => channel.readyState === 'open');

/**
 * @param {RTCDataChannel} channel
 * @returns {Promise<void>} once it is closed
 */
export const closed = (channel) => event(channel, 'close', () => channel.readyState === 'closed');

/** The messages of a channel from now on, in their order. */
export class Inbox {
  /** @type {any[]} */
  messages = [];
  #channel;

  /** @param {RTCDataChannel} channel */
  constructor(channel) {
    this.#channel = channel;
    channel.addEventListener('message', ({ data }) => this.messages.push(data));
  }

  /**
   * @param {number} count
   * @returns {Promise<any[]>} all of them, once there are so many
   */
  async until(count) {
    await event(this.#channel, 'message', () => this.messages.length >= count);
    return this.messages;
  }
}

/**
 * Like JSON, but for the order of an object's keys.
 *
 * @param {string} what is compared
 * @param {unknown} actual
 * @param {unknown} expected
 */
export function equal(what, actual, expected) {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(value, sorted));
  if (is !== should) {
    throw new Error(`${what}: ${shorten(is)} and not ${shorten(should)}`);
  }
}

/**
 * @param {() => unknown} call
 * @returns {string} the name of what it throws
 */
export function thrownBy(call) {
  try {
    call();
    return 'nothing';
  } catch (error) {
    return error instanceof Error || error instanceof DOMException ? error.name : String(error);
  }
}

/**
 * @param {string} _
 * @param {unknown} value
 */
function sorted(_, value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}

/** @param {string | undefined} json */
const shorten = (json = 'undefined') => (json.length > 1_000 ? `${json.slice(0, 1_000)}… (${json.length})` : json);
