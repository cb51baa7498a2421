import { utf8 } from './data.js';
import { because } from './errors.js';

/** Bytes that say how long the head of a binary message is. */
const LENGTH = 4;

/**
 * What an action says, less its payload where that is binary (docs/protocol.md, "Actions").
 *
 * @typedef {object} Head
 * @property {'message' | 'request' | 'response' | 'failure'} type
 * @property {number} [id] which request it is or answers
 * @property {any} [data] where it is JSON
 * @property {any} [metadata]
 * @property {string} [code] of a failure
 * @property {string} [message] of a failure, for people
 */

/**
 * @param {Head} head `data` may be binary
 * @returns {string | Blob} what is sent
 * @throws {PeerhostError} BAD_DATA
 */
export function encode({ data, ...head }) {
  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data) || data instanceof Blob) {
    const text = utf8(stringify(head));
    const length = new DataView(new ArrayBuffer(LENGTH));
    length.setUint32(0, text.length);
    // A Blob, since the payload may be one, which can only be read later.
    return new Blob([length, text, /** @type {BlobPart} */ (data)]);
  }
  return stringify({ ...head, data });
}

/**
 * @param {string | ArrayBuffer} message
 * @returns {Head} with an ArrayBuffer for a binary payload
 * @throws {PeerhostError} BAD_DATA for what is no action's message
 */
export function decode(message) {
  try {
    if (typeof message === 'string') {
      return checked(JSON.parse(message));
    }
    const end = LENGTH + new DataView(message).getUint32(0);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(message, LENGTH, end - LENGTH));
    return { ...checked(JSON.parse(text)), data: message.slice(end) };
  } catch (cause) {
    throw because('BAD_DATA', 'It is no message of an action', cause);
  }
}

/** @param {Head} head */
function checked(head) {
  const numbered = Number.isSafeInteger(head.id);
  if (head.type === 'message' || (/^(request|response|failure)$/.test(head.type) && numbered)) {
    return head;
  }
  throw new TypeError('no known type, or no id');
}

/** @param {object} head */
function stringify(head) {
  try {
    return JSON.stringify(head);
  } catch (cause) {
    throw because('BAD_DATA', 'Only binary data or JSON can be sent', cause);
  }
}
