import { PeerhostError } from './errors.js';

/** @typedef {string | ArrayBuffer | ArrayBufferView | Blob} Data what can be sent */

const encoder = new TextEncoder();

/**
 * @param {Data} data
 * @returns {number} bytes on the wire
 * @throws {PeerhostError} BAD_DATA
 */
export function sizeOf(data) {
  if (typeof data === 'string') {
    return encoder.encode(data).length;
  }
  const size = data instanceof Blob ? data.size : data?.byteLength;
  if (typeof size !== 'number') {
    throw new PeerhostError('BAD_DATA', 'Only a string, an ArrayBuffer, a typed array or a Blob can be sent');
  }
  return size;
}

/**
 * Copies what its owner may still change.
 *
 * @param {Data} data
 * @returns {Data}
 */
export function snapshot(data) {
  if (typeof data === 'string' || data instanceof Blob) {
    return data;
  }
  const { buffer, byteOffset, byteLength } = ArrayBuffer.isView(data) ? data : new Uint8Array(data);
  return new Uint8Array(buffer, byteOffset, byteLength).slice();
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
