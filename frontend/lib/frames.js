import { hex, MIB } from './data.js';
import { PeerhostError } from './errors.js';

/** Bytes of the largest frame, header included, which every end takes (RFC 8841 section 6). */
export const LARGEST_FRAME = 65_536;
/** Bytes of the largest message. */
export const LARGEST_MESSAGE = 64 * MIB;

// The types of frames; what carries a message, or begins one, is a text or, with one more, binary.
export const WHOLE = 0;
export const FIRST = 2;
export const MORE = 4;
export const LAST = 5;
export const ABORT = 6;
export const HELLO = 16;
export const ACK = 17;

/** Bytes of the header by type; of a frame that carries no message, all of it. */
const HEADERS = [1, 1, 5, 5, 1, 1, 1];
HEADERS[HELLO] = 53;
HEADERS[ACK] = 9;

/** The id of an end that is not known. */
export const NOBODY = '0'.repeat(32);

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {{ self: string, other: string, first: number, next: number, limit: number }} Hello */
/** @typedef {{ type: number, text: boolean, total: number, bytes: Bytes }} DataFrame total: of its message, in the first */
/** @typedef {DataFrame & Hello} Frame with those fields that its type has */

/**
 * @param {boolean} text
 * @param {number} total bytes of the message
 * @param {number} offset of the frame's part in it
 * @param {Uint8Array} bytes that part
 * @returns {Bytes}
 */
export function dataFrame(text, total, offset, bytes) {
  const [first, last] = [offset === 0, offset + bytes.length === total];
  const begins = (last ? WHOLE : FIRST) + (text ? 0 : 1);
  const frame = frameOf(first ? begins : last ? LAST : MORE, bytes);
  if (first && !last) {
    viewOf(frame).setUint32(1, total);
  }
  return frame;
}

/** @returns {Bytes} gives up the message that has begun */
export const abortFrame = () => frameOf(ABORT);

/** @param {number} next the number of the first frame that has not been dealt with */
export function ackFrame(next) {
  const frame = frameOf(ACK);
  viewOf(frame).setBigUint64(1, BigInt(next));
  return frame;
}

/** @param {Hello} hello */
export function helloFrame({ self, other, first, next, limit }) {
  const frame = frameOf(HELLO);
  for (const [index, pair] of (self + other).match(/../g)?.entries() ?? []) {
    frame[1 + index] = Number(`0x${pair}`);
  }
  const view = viewOf(frame);
  view.setBigUint64(33, BigInt(first));
  view.setBigUint64(41, BigInt(next));
  view.setUint32(49, limit);
  return frame;
}

/** @param {number} type of a frame: whether it is the last that its message needs */
export const completes = (type) => type < FIRST || type === LAST;

/**
 * @param {unknown} data
 * @returns {Frame} with views of the data
 * @throws {PeerhostError} PROTOCOL_ERROR
 */
export function decode(data) {
  const frame = new Uint8Array(data instanceof ArrayBuffer ? data : []);
  const [type] = frame;
  const bytes = frame.subarray(HEADERS[type]);
  /** @param {boolean} holds */
  const check = (holds) => demand(holds, `A frame of type ${type} with ${frame.length} bytes is malformed`);
  // Fragments carry something, and what is no message nothing more.
  check(frame.length >= HEADERS[type] && (type < FIRST || type < ABORT === bytes.length > 0));
  const view = viewOf(frame);
  /** @param {number} at */
  const numberAt = (at) => {
    const number = Number(view.getBigUint64(at));
    check(Number.isSafeInteger(number));
    return number;
  };
  /** @type {Partial<Frame>} */
  let fields = { text: type % 2 === 0, total: bytes.length, bytes };
  if (type === ACK) {
    fields = { next: numberAt(1) };
  } else if (type === HELLO) {
    const [self, other] = [hex(frame.subarray(1, 17)), hex(frame.subarray(17, 33))];
    fields = { self, other, first: numberAt(33), next: numberAt(41), limit: view.getInt32(49) };
    check(self !== NOBODY && view.getInt32(49) >= 0);
  } else if (FIRST <= type && type < MORE) {
    fields.total = view.getUint32(1);
    check(fields.total > bytes.length);
  }
  return /** @type {Frame} */ ({ type, ...fields });
}

/**
 * @param {unknown} holds whether a frame may come after those before it
 * @returns {asserts holds}
 * @throws {PeerhostError} PROTOCOL_ERROR
 */
export function inOrder(holds) {
  demand(holds, 'A frame does not go with those before it');
}

/**
 * @param {unknown} holds
 * @param {string} sentence
 * @returns {asserts holds}
 */
function demand(holds, sentence) {
  if (!holds) {
    throw new PeerhostError('PROTOCOL_ERROR', `${sentence}: the other side does not speak peerhost.1 as it should`);
  }
}

/**
 * @param {number} type
 * @param {Uint8Array} [bytes] those of a message
 * @returns {Bytes}
 */
function frameOf(type, bytes = new Uint8Array()) {
  const frame = new Uint8Array(HEADERS[type] + bytes.length);
  frame[0] = type;
  frame.set(bytes, HEADERS[type]);
  return frame;
}

/** @param {Uint8Array} bytes that have a buffer of their own */
const viewOf = ({ buffer }) => new DataView(buffer);
