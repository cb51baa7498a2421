import { MIB } from './data.js';
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

/** @param {Uint8Array} bytes 16 of them: what an end is told apart by, as their numbers with commas between */
const idOf = (bytes) => `${bytes}`;

/** @returns {string} the id of a new end, which nobody meets twice */
export const newId = () => idOf(crypto.getRandomValues(new Uint8Array(16)));

/** The id of an end that is not known. */
export const NOBODY = idOf(new Uint8Array(16));

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
  frame.set(`${self},${other}`.split(',').map(Number), 1);
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
  demand(data instanceof ArrayBuffer, 'a frame is a text');
  const frame = new Uint8Array(data);
  const [type] = frame;
  const bytes = frame.subarray(HEADERS[type]);
  // Fragments carry something, and what is no message nothing more.
  const complete = frame.length >= HEADERS[type] && (type < FIRST || type < ABORT === bytes.length > 0);
  demand(complete, `a frame of type ${type} has ${frame.length} bytes`);
  const view = new DataView(data);
  /** @param {number} at what is beyond 2^53 is more than has been sent, and refused for that */
  const numberAt = (at) => Number(view.getBigUint64(at));
  /** @type {Partial<Frame>} */
  let fields = { text: type % 2 === 0, total: bytes.length, bytes };
  if (type === ACK) {
    fields = { next: numberAt(1) };
  } else if (type === HELLO) {
    const [self, limit] = [idOf(frame.subarray(1, 17)), view.getInt32(49)];
    demand(self !== NOBODY && limit >= 0, 'a hello without id, or limit');
    fields = { self, other: idOf(frame.subarray(17, 33)), first: numberAt(33), next: numberAt(41), limit };
  } else if (FIRST <= type && type < MORE) {
    fields.total = view.getUint32(1);
  }
  return /** @type {Frame} */ ({ type, ...fields });
}

/**
 * @param {unknown} holds
 * @param {string} broken what the other side does against the rules
 * @returns {asserts holds}
 * @throws {PeerhostError} PROTOCOL_ERROR
 */
export function demand(holds, broken) {
  if (!holds) {
    throw new PeerhostError('PROTOCOL_ERROR', `The other side does not speak peerhost.1: ${broken}`);
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
