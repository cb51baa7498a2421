import { hex } from '/__/peerhost/data.js';
import { sha256 } from '/__/peerhost/sha256.js';

/** Bytes of the one and of the other: the first names, the second proves. */
const ID_BYTES = 16;
const SECRET_BYTES = 32;
/** Bytes that SHA-256 hashes at a time (FIPS 180-4 section 1). */
const BLOCK = 64;

const encoder = new TextEncoder();

/** @typedef {import('/__/peerhost/signaling.js').Message} Message */
/** @typedef {'a' | 'b'} Role */
/**
 * @typedef {object} Rendezvous what two pages need to find each other again, when they cannot reach each other any more
 * @property {string} id 32 hexadecimal digits
 * @property {string} [secret] 64 hexadecimal digits; the offer carries it, the answer need not repeat it
 */

/** @returns {Required<Rendezvous>} one that nobody can guess */
export function newRendezvous() {
  return { id: random(ID_BYTES), secret: random(SECRET_BYTES) };
}

/**
 * @param {unknown} value what came beside a pasted description
 * @param {string} other where it comes from, for the sentence
 * @returns {Rendezvous}
 * @throws {Error} with a sentence when it is damaged
 */
export function readRendezvous(value, other) {
  const { id, secret } = /** @type {Record<string, unknown>} */ (Object(value));
  if (isHex(id, ID_BYTES) && (secret === undefined || isHex(secret, SECRET_BYTES))) {
    return { id: String(id), ...(secret !== undefined && { secret: String(secret) }) };
  }
  throw new Error(
    `Its "rendezvous" was damaged: it has an "id" of 32 hexadecimal digits and a "secret" of 64. Copy all of it again from ${other}, or take that member out to connect without it.`,
  );
}

/**
 * What two pages say to each other by way of somebody who must not be able to put in a word of their own: each message is
 * numbered, says who it is from, and carries the HMAC-SHA256 (RFC 2104) of that under the secret of both.
 */
export class Seal {
  #role;
  #key;
  #sent = 0;
  #seen = 0;

  /**
   * @param {string} secret
   * @param {Role} role ours
   */
  constructor(secret, role) {
    this.#role = role;
    this.#key = Uint8Array.from(secret.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  }

  /** @param {string} id @returns {string} the room to meet in: who knows the id alone cannot find it */
  room(id) {
    return `lab-${this.#mac(`room ${id}`).slice(0, 32)}`;
  }

  /** @param {Message} message */
  close(message) {
    const text = JSON.stringify({ from: this.#role, number: ++this.#sent, message });
    return `${this.#mac(`message ${text}`)} ${text}`;
  }

  /**
   * @param {string} sealed
   * @returns {Message | undefined} undefined for what the other side has not just said: forged, our own, or said before
   */
  open(sealed) {
    const [mac, text] = [sealed.slice(0, 64), sealed.slice(65)];
    if (mac !== this.#mac(`message ${text}`)) return undefined;
    const { from, number, message } = JSON.parse(text);
    if (from === this.#role || number <= this.#seen) return undefined;
    this.#seen = number;
    return message;
  }

  /** @param {string} text */
  #mac(text) {
    return hex(hmac(this.#key, encoder.encode(text)));
  }
}

/**
 * HMAC-SHA256 for pages on plain http, where browsers leave crypto.subtle out.
 *
 * @param {Uint8Array} key of at most 64 bytes
 * @param {Uint8Array} message
 */
export function hmac(key, message) {
  return keyed(key, 0x5c, keyed(key, 0x36, message));
}

/**
 * @param {Uint8Array} key
 * @param {number} pad
 * @param {Uint8Array} message
 */
function keyed(key, pad, message) {
  const both = new Uint8Array(BLOCK + message.length);
  both.set(key);
  both.set(message, BLOCK);
  return sha256(both.map((byte, index) => (index < BLOCK ? byte ^ pad : byte)));
}

/** @param {number} bytes */
function random(bytes) {
  return hex(crypto.getRandomValues(new Uint8Array(bytes)));
}

/**
 * @param {unknown} value
 * @param {number} bytes
 */
function isHex(value, bytes) {
  return typeof value === 'string' && value.length === 2 * bytes && /^[0-9a-f]*$/.test(value);
}
