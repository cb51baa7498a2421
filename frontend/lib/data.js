import { PeerhostError } from './errors.js';

/** @typedef {string | ArrayBuffer | ArrayBufferView | Blob} Data what can be sent */

/** Bytes. */
export const MIB = 1_048_576;

const encoder = new TextEncoder();

/** @param {string} text */
export const utf8 = (text) => encoder.encode(text);

/**
 * @param {Data} data
 * @returns {Uint8Array<ArrayBuffer> | Blob} a copy, since the owner may change it; a Blob cannot change. A text is in UTF-8
 * @throws {PeerhostError} BAD_DATA
 */
export function bytesOf(data) {
  if (typeof data === 'string') {
    return utf8(data);
  }
  if (data instanceof Blob) {
    return data;
  }
  const { buffer = data, byteOffset = 0, byteLength } = /** @type {Uint8Array} */ (Object(data));
  if (byteLength === undefined) {
    throw new PeerhostError('BAD_DATA', 'Only a string, an ArrayBuffer, a typed array or a Blob can be sent');
  }
  return new Uint8Array(/** @type {ArrayBuffer} */ (buffer), byteOffset, byteLength).slice();
}

/**
 * @param {Uint8Array} bytes
 * @returns {string} two digits each
 */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @returns {string} 128 random bits in hex, which nobody can guess or meet twice */
export function randomId() {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}
