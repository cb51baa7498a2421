/** One end of a pair of RTCDataChannels that a test moves frame by frame. */
export class Wire extends EventTarget {
  readyState = 'open';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  /** @type {ArrayBuffer[]} on their way to the other end */
  flying = [];
  /** @type {ArrayBuffer | undefined} the first frame that was sent */
  first;
  /** What has gone, in bytes by frame. */
  sent = /** @type {number[]} */ ([]);

  /** @param {Uint8Array<ArrayBuffer>} frame */
  send(frame) {
    if (this.readyState !== 'open') {
      throw new DOMException('not open', 'InvalidStateError');
    }
    const { buffer } = frame.slice();
    this.first ??= buffer;
    this.flying.push(buffer);
    this.sent.push(frame[0]);
    this.bufferedAmount += frame.length;
  }

  /**
   * Lets the next frame arrive.
   *
   * @param {(frame: ArrayBuffer) => void} receive
   */
  move(receive) {
    const frame = this.flying.shift();
    if (!frame) {
      return false;
    }
    const before = this.bufferedAmount;
    this.bufferedAmount -= frame.byteLength;
    receive(frame);
    if (before > this.bufferedAmountLowThreshold && this.bufferedAmount <= this.bufferedAmountLowThreshold) {
      this.dispatchEvent(new Event('bufferedamountlow'));
    }
    return true;
  }
}

/**
 * Numbers that look random and are the same in each run (Mulberry32).
 *
 * @param {number} seed
 * @returns {() => number} from 0 to 1
 */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
