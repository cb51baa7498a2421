/** So many messages may be on their way at once. */
const MAX_PENDING = 64;
/** The median is that of so many round trips. */
const MAX_TIMES = 101;
/** https://w3c.github.io/webcrypto/#Crypto-method-getRandomValues gives no more at a time. */
const MAX_RANDOM = 65_536;

/** @typedef {string | Uint8Array<ArrayBuffer>} Sent */

/** Matches what comes back with what was sent: the channel keeps the order, so the oldest is always next. */
export class Echoes {
  /** @type {{ data: Sent, at: number }[]} */
  #pending = [];
  /** @type {number[]} milliseconds, the newest last */
  #times = [];

  /**
   * Notes a message and the time, just before it is sent.
   *
   * @param {Sent} data
   * @returns {{ text: string, note: string, refused: () => void }} how to show it, and what to call if it was not sent
   * @throws {Error} when too many are on their way
   */
  sent(data) {
    if (this.#pending.length >= MAX_PENDING) {
      throw new Error(`${MAX_PENDING} messages are on their way already: wait until some are back.`);
    }
    const entry = { data, at: performance.now() };
    this.#pending.push(entry);
    return {
      text: typeof data === 'string' ? data : `${bytes(data.byteLength)}, random`,
      note: typeof data === 'string' ? bytes(new TextEncoder().encode(data).length) : '',
      refused: () => {
        this.#pending = this.#pending.filter((other) => other !== entry);
      },
    };
  }

  /**
   * Takes what came back.
   *
   * @param {string | ArrayBuffer} data
   * @returns {{ text: string, note: string }} how to show it
   */
  received(data) {
    const now = performance.now();
    const entry = this.#pending.shift();
    const text = typeof data === 'string' ? data : bytes(data.byteLength);
    if (!entry) return { text, note: 'nobody here sent this' };
    this.#times = [...this.#times, now - entry.at].slice(-MAX_TIMES);
    const time = `${(now - entry.at).toFixed(1)} ms`;
    const verdict = equal(entry.data, data) ? 'equal' : 'NOT equal to what was sent';
    return typeof data === 'string'
      ? { text, note: `${time}, ${verdict}` }
      : { text: `${text}, ${verdict}`, note: time };
  }

  /** The last round trip and the median of the latest, in milliseconds; only after the first. */
  times() {
    const sorted = [...this.#times].sort((a, b) => a - b);
    return { last: this.#times.at(-1) ?? 0, median: sorted[sorted.length >> 1] ?? 0 };
  }
}

/**
 * Random bytes, so that an echo of something else would show.
 *
 * @param {number} size
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function randomBytes(size) {
  const data = new Uint8Array(size);
  for (let start = 0; start < size; start += MAX_RANDOM)
    crypto.getRandomValues(data.subarray(start, start + MAX_RANDOM));
  return data;
}

/**
 * @param {Sent} sent
 * @param {string | ArrayBuffer} back
 */
function equal(sent, back) {
  if (typeof sent === 'string' || typeof back === 'string') return sent === back;
  const returned = new Uint8Array(back);
  return sent.length === returned.length && sent.every((byte, index) => byte === returned[index]);
}

/** @param {number} count */
function bytes(count) {
  return count === 1 ? '1 byte' : `${count} bytes`;
}
