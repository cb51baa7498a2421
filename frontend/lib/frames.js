import { hex } from './data.js';
import { PeerhostError } from './errors.js';

/** Bytes of the largest frame, header included, which every end takes (RFC 8841 section 6). */
export const LARGEST_FRAME = 65_536;
/** Bytes of the largest message. */
export const LARGEST_MESSAGE = 67_108_864;

const TEXT = 0;
const BINARY = 1;
const FIRST_TEXT = 2;
const FIRST_BINARY = 3;
const MORE = 4;
const LAST = 5;
const ABORT = 6;
const HELLO = 16;
const ACK = 17;

const HELLO_LENGTH = 53;
const ACK_LENGTH = 9;
const UINT32 = 2 ** 32;
const NOBODY = '0'.repeat(32);

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** @typedef {{ type: 'hello', self: string, other?: string, first: number, next: number, limit: number }} Hello */
/** @typedef {{ type: 'ack', next: number }} Ack */
/**
 * @typedef {Hello | Ack | { type: 'whole', text: boolean, bytes: Uint8Array<ArrayBuffer> } |
 *   { type: 'first', text: boolean, total: number, bytes: Uint8Array<ArrayBuffer> } |
 *   { type: 'more', last: boolean, bytes: Uint8Array<ArrayBuffer> } | { type: 'abort' }} Frame
 */

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

/**
 * How many frames carry a message.
 *
 * @param {number} total bytes
 */
export const framesOf = (total) => (total < LARGEST_FRAME ? 1 : Math.ceil((total + 4) / (LARGEST_FRAME - 1)));

/**
 * Which byte of a message a frame of it begins with; the first of several has four bytes of header more than the others.
 *
 * @param {number} index of the frame; one too many begins at the end
 * @param {number} total bytes
 */
export function offsetOf(index, total) {
  return index === 0 ? 0 : Math.min(total, framesOf(total) === 1 ? total : index * (LARGEST_FRAME - 1) - 4);
}

/**
 * @param {boolean} text
 * @param {number} total bytes of the message
 * @param {number} index of the frame
 * @param {Uint8Array} bytes those of the message that the frame carries
 * @returns {Bytes}
 */
export function dataFrame(text, total, index, bytes) {
  const count = framesOf(total);
  const header = index === 0 && count > 1 ? 5 : 1;
  const frame = new Uint8Array(header + bytes.length);
  if (header === 5) {
    frame[0] = text ? FIRST_TEXT : FIRST_BINARY;
    viewOf(frame).setUint32(1, total);
  } else if (count > 1) {
    frame[0] = index + 1 === count ? LAST : MORE;
  } else {
    frame[0] = text ? TEXT : BINARY;
  }
  frame.set(bytes, header);
  return frame;
}

/** @param {string} text */
export const utf8 = (text) => encoder.encode(text);

/** @param {Bytes} bytes */
export const fromUtf8 = (bytes) => decoder.decode(bytes);

/** @returns {Bytes} gives up the message that has begun */
export const abortFrame = () => Uint8Array.of(ABORT);

/** @param {number} next the number of the first frame that has not been dealt with */
export function ackFrame(next) {
  const frame = new Uint8Array(ACK_LENGTH);
  frame[0] = ACK;
  setNumber(frame, 1, next);
  return frame;
}

/** @param {Omit<Hello, 'type'>} hello */
export function helloFrame({ self, other = NOBODY, first, next, limit }) {
  const frame = new Uint8Array(HELLO_LENGTH);
  frame[0] = HELLO;
  for (let i = 0; i < 32; i++) {
    frame[1 + i] = Number.parseInt((self + other).slice(2 * i, 2 * i + 2), 16);
  }
  setNumber(frame, 33, first);
  setNumber(frame, 41, next);
  viewOf(frame).setUint32(49, limit);
  return frame;
}

/** @param {Uint8Array} frame whether it is the last that its message needs */
export const completes = ([type]) => type === TEXT || type === BINARY || type === LAST;

/**
 * @param {unknown} data
 * @returns {Frame} with views of the data
 * @throws {PeerhostError} PROTOCOL_ERROR
 */
export function decode(data) {
  demand(data instanceof ArrayBuffer, 'A frame is a text');
  const frame = new Uint8Array(data);
  const size = frame.length;
  demand(size > 0, 'A frame is empty');
  const type = frame[0];
  if (type === TEXT || type === BINARY) {
    return { type: 'whole', text: type === TEXT, bytes: frame.subarray(1) };
  }
  if (type === MORE || type === LAST) {
    demand(size > 1, 'A fragment is empty');
    return { type: 'more', last: type === LAST, bytes: frame.subarray(1) };
  }
  if (type === FIRST_TEXT || type === FIRST_BINARY) {
    demand(size > 5, 'A first fragment is empty');
    const total = viewOf(frame).getUint32(1);
    demand(total > size - 5, `A first fragment carries ${size - 5} bytes of a message of ${total}`);
    return { type: 'first', text: type === FIRST_TEXT, total, bytes: frame.subarray(5) };
  }
  if (type === ABORT) {
    demand(size === 1, `An abort has ${size} bytes and not 1`);
    return { type: 'abort' };
  }
  if (type === ACK) {
    demand(size === ACK_LENGTH, `An ack has ${size} bytes and not ${ACK_LENGTH}`);
    return { type: 'ack', next: numberAt(frame, 1) };
  }
  demand(type === HELLO, `There is no frame of type ${type}`);
  demand(size === HELLO_LENGTH, `A hello has ${size} bytes and not ${HELLO_LENGTH}`);
  const [self, other] = [hex(frame.subarray(1, 17)), hex(frame.subarray(17, 33))];
  demand(self !== NOBODY, 'A hello has no id');
  const limit = viewOf(frame).getUint32(49);
  demand(limit < UINT32 / 2, 'A hello allows messages of more than 2 GiB');
  return {
    type: 'hello',
    self,
    other: other === NOBODY ? undefined : other,
    first: numberAt(frame, 33),
    next: numberAt(frame, 41),
    limit,
  };
}

/**
 * @param {boolean} holds
 * @param {string} sentence
 * @returns {asserts holds}
 */
export function demand(holds, sentence) {
  if (!holds) {
    throw new PeerhostError('PROTOCOL_ERROR', `${sentence}: the other side does not speak peerhost.1 as it should`);
  }
}

/** @param {Uint8Array} bytes */
const viewOf = ({ buffer, byteOffset }) => new DataView(buffer, byteOffset);

/**
 * @param {Uint8Array} frame
 * @param {number} at
 * @param {number} number
 */
function setNumber(frame, at, number) {
  const view = viewOf(frame);
  view.setUint32(at, number / UINT32);
  view.setUint32(at + 4, number % UINT32);
}

/**
 * @param {Uint8Array} frame
 * @param {number} at
 */
function numberAt(frame, at) {
  const view = viewOf(frame);
  const number = view.getUint32(at) * UINT32 + view.getUint32(at + 4);
  demand(Number.isSafeInteger(number), 'A frame counts further than 2^53 - 1');
  return number;
}
