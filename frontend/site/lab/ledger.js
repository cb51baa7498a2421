import { certificateOf } from './description.js';

/** What was sent is kept, to be sent again, up to this many messages and bytes (of a text, characters). */
const MESSAGES = 1_000;
const BYTES = 1_048_576;

/**
 * What was said with one other end, over one connection after another: a reliable and ordered channel loses nothing but its
 * end, so the count of what has come tells the other page what to send again.
 */
export class Ledger {
  /** The fingerprint of the other end's certificate. */
  #other = '';
  /** @type {any[]} the last that were sent */
  #kept = [];
  #bytes = 0;
  #sent = 0;
  /** @type {number | undefined} none before the first channel */
  #received;
  /** @type {unknown} how much of it the other page says to have got */
  #theirs;
  /** Over the channel that there is, uncounted. */
  #send = (/** @type {any} */ _data) => {};

  /** How many messages have come, to stand beside the description of another connection; undefined before the first channel. */
  get received() {
    return this.#received;
  }

  /** @param {string} [sdp] @returns {boolean} whether it is of the end that this is with, over whatever connection */
  isWith(sdp) {
    return certificateOf(sdp) === this.#other;
  }

  /**
   * Begins anew when it is with somebody else now.
   *
   * @param {{ sdp?: string, received?: unknown }} description of a new connection, from the other end, with how many messages
   *   have come there where its page counts them
   * @returns {true} it was heard
   */
  hears({ sdp, received }) {
    if (this.isWith(sdp)) {
      this.#theirs = received;
      return true;
    }
    this.#other = certificateOf(sdp);
    this.#kept = [];
    this.#bytes = this.#sent = 0;
    this.#received = this.#theirs = undefined;
    return true;
  }

  /**
   * @param {RTCDataChannel} channel whatever it sends from now on, the console's messages too, and whatever comes is counted
   * @param {AbortSignal} signal after which nothing that comes counts
   */
  follow(channel, signal) {
    this.#send = channel.send.bind(channel);
    channel.send = (/** @type {any} */ data) => {
      this.#send(data);
      this.#keep(data);
    };
    channel.addEventListener(
      'message',
      () => {
        this.#received = (this.#received ?? 0) + 1;
      },
      { signal },
    );
  }

  /**
   * Goes on over another channel, which is open now, with what has not arrived.
   *
   * @returns {string} what became of it, for people to read; empty when nothing is known, as with the first channel
   */
  goOn() {
    this.#received ??= 0;
    const missing = this.#sent - Number(this.#theirs);
    if (!(Number.isSafeInteger(missing) && missing >= 0 && missing <= this.#sent)) return '';
    const again = missing > 0 ? this.#kept.slice(-missing) : [];
    for (const data of again) this.#send(data);
    const lost = missing - again.length;
    this.#sent -= lost;
    return [
      'A new connection has taken the place of the one before, and the conversation goes on.',
      missing === 0 && 'All that was sent had arrived.',
      again.length > 0 && `Sent again, since it had not arrived: ${messages(again.length)}.`,
      lost > 0 && `Lost, since that was too much to keep: ${messages(lost)}.`,
    ]
      .filter(Boolean)
      .join(' ');
  }

  /** @param {any} data */
  #keep(data) {
    this.#sent++;
    this.#kept.push(data);
    this.#bytes += sizeOf(data);
    while (this.#kept.length > MESSAGES || this.#bytes > BYTES) this.#bytes -= sizeOf(this.#kept.shift());
  }
}

/** @param {any} data a text, a Blob, a buffer or a view of one */
const sizeOf = (data) => data.length ?? data.byteLength ?? data.size;

/** @param {number} count */
const messages = (count) => (count === 1 ? '1 message' : `${count} messages`);
