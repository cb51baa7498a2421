import { PeerhostError } from './errors.js';

/** @typedef {string | ArrayBuffer | ArrayBufferView | Blob} Data what can be sent */

const encoder = new TextEncoder();

/** @param {string} text */
export const utf8 = (text) => encoder.encode(text);

/**
 * @param {Data} data
 * @returns {Uint8Array<ArrayBuffer> | Blob} what a text has in UTF-8; views show what the owner may still change
 * @throws {PeerhostError} BAD_DATA
 */
export function bytesOf(data) {
  if (typeof data === 'string') {
    return utf8(data);
  }
  if (data instanceof Blob) {
    return data;
  }
  if (ArrayBuffer.isView(data)) {
    return new Uint8Array(/** @type {ArrayBuffer} */ (data.buffer), data.byteOffset, data.byteLength);
  }
  if (data?.byteLength !== undefined) {
    return new Uint8Array(data);
  }
  throw new PeerhostError('BAD_DATA', 'Only a string, an ArrayBuffer, a typed array or a Blob can be sent');
}

/**
 * @param {string | ArrayBuffer} data as it came
 * @param {'arraybuffer' | 'blob'} binaryType
 */
export function asKind(data, binaryType) {
  return binaryType === 'blob' && data instanceof ArrayBuffer ? new Blob([data]) : data;
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
