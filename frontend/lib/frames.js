import { hex } from './data.js';
import { PeerhostError } from './errors.js';

/** Bytes of the largest frame, header included, which every end takes (RFC 8841 section 6). */
export const LARGEST_FRAME = 65_536;
/** Bytes of the largest message. */
export const LARGEST_MESSAGE = 67_108_864;

// The types of frames; what carries a message, or begins one, is a text or, with one more, binary.
const WHOLE = 0;
const FIRST = 2;
const MORE = 4;
const LAST = 5;
const ABORT = 6;
const HELLO = 16;
const ACK = 17;

/** Bytes of the header by type; of a frame that carries no message, all of it. */
const HEADERS = [1, 1, 5, 5, 1, 1, 1];
HEADERS[HELLO] = 53;
HEADERS[ACK] = 9;
const NOBODY = '0'.repeat(32);

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
  const kind = text ? 0 : 1;
  if (count === 1) {
    return frameOf(WHOLE + kind, bytes);
  }
  if (index > 0) {
    return frameOf(index + 1 === count ? LAST : MORE, bytes);
  }
  const frame = frameOf(FIRST + kind, bytes);
  viewOf(frame).setUint32(1, total);
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

/** @param {Omit<Hello, 'type'>} hello */
export function helloFrame({ self, other = NOBODY, first, next, limit }) {
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

/** @param {Uint8Array} frame whether it is the last that its message needs */
export const completes = ([type]) => type < FIRST || type === LAST;

/**
 * @param {unknown} data
 * @returns {Frame} with views of the data
 * @throws {PeerhostError} PROTOCOL_ERROR
 */
export function decode(data) {
  demand(data instanceof ArrayBuffer, 'A frame is a text');
  const frame = new Uint8Array(data);
  const size = frame.length;
  const [type] = frame;
  const header = HEADERS[type];
  // Fragments carry something.
  const [least, most] = type < FIRST ? [header, size] : type < ABORT ? [header + 1, size] : [header, header];
  demand(least <= size && size <= most, `There is no frame of type ${type} with ${size} bytes`);
  const [bytes, view] = [frame.subarray(header), viewOf(frame)];
  const text = type % 2 === 0;
  if (type < FIRST) {
    return { type: 'whole', text, bytes };
  }
  if (type < MORE) {
    const total = view.getUint32(1);
    demand(total > bytes.length, `A message of ${total} bytes has ${bytes.length} in fragments`);
    return { type: 'first', text, total, bytes };
  }
  if (type < ABORT) {
    return { type: 'more', last: type === LAST, bytes };
  }
  if (type === ABORT) {
    return { type: 'abort' };
  }
  if (type === ACK) {
    return { type: 'ack', next: numberAt(view, 1) };
  }
  const [self, other] = [hex(frame.subarray(1, 17)), hex(frame.subarray(17, 33))];
  const limit = view.getInt32(49);
  demand(self !== NOBODY && limit >= 0, 'A hello has no id, or allows messages of more than 2 GiB');
  const [first, next] = [numberAt(view, 33), numberAt(view, 41)];
  return { type: 'hello', self, other: other === NOBODY ? undefined : other, first, next, limit };
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

/**
 * @param {DataView} view
 * @param {number} at
 */
function numberAt(view, at) {
  const number = Number(view.getBigUint64(at));
  demand(Number.isSafeInteger(number), 'A frame counts further than 2^53 - 1');
  return number;
}
