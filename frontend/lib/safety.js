import { hex } from './data.js';
import { PeerhostError } from './errors.js';
import { sha256 } from './sha256.js';

/** Milliseconds. */
const WITHIN = 10_000;
const NONCE_BYTES = 32;
const WORDS = 5;
const BITS_PER_WORD = 11;

/**
 * Five words that both ends of one connection have alike if, and only if, nobody put certificates of their own between
 * them. Each end commits to a nonce before it learns the other's, after RFC 6189 section 4.4.1.1: words of the
 * fingerprints alone, 55 bits, could be matched by trying certificates.
 */
export class SafetyExchange {
  #say;
  #fingerprints;
  #nonce;
  /** @type {string | undefined} */
  #theirCommitment;
  #begun = false;
  /** @type {Promise<string>} */
  #code;
  /** @type {(code: string | Promise<string>) => void} */
  #resolve = () => {};
  /** @type {(error: PeerhostError) => void} */
  #reject = () => {};

  /**
   * @param {(text: string) => void} say to the other end
   * @param {() => string[]} fingerprints of the certificates, ours and theirs, as their descriptions have them
   * @param {string} [nonce] 64 hexadecimal digits, where it must be known beforehand
   */
  constructor(say, fingerprints, nonce = hex(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)))) {
    this.#nonce = nonce;
    this.#say = say;
    this.#fingerprints = fingerprints;
    this.#code = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Nobody may ever ask for it.
    this.#code.catch(() => {});
  }

  /**
   * @returns {Promise<string>} five words with spaces between
   * @throws {PeerhostError} TIMEOUT after 10 s, SAFETY_FAILED
   */
  code() {
    if (!this.#begun) {
      const why = `No safety code within ${WITHIN / 1000} s: the other side is gone, or does not know them`;
      const timer = setTimeout(() => this.#reject(new PeerhostError('TIMEOUT', why)), WITHIN);
      this.#code.finally(() => clearTimeout(timer)).catch(() => {});
      this.#begin();
    }
    return this.#code;
  }

  /** @param {string} text what the other end said (docs/protocol.md, "Safety code", without the `safety:` before it) */
  receive(text) {
    const [, verb, value] = /^(commit|reveal):([0-9a-f]{64})$/.exec(text) ?? [];
    if (verb === 'commit' && !this.#theirCommitment && value !== commitment(this.#nonce)) {
      this.#theirCommitment = value;
      this.#begin();
      this.#say(`reveal:${this.#nonce}`);
    } else if (verb === 'reveal' && this.#theirCommitment === commitment(value)) {
      this.#resolve(this.#words(value));
    } else {
      this.close('what the other side said is not what it had committed itself to');
    }
  }

  /** @param {string} why it comes to nothing, unless it has come already */
  close(why) {
    this.#reject(new PeerhostError('SAFETY_FAILED', `No safety code: ${why}`));
  }

  #begin() {
    if (!this.#begun) {
      this.#begun = true;
      this.#say(`commit:${commitment(this.#nonce)}`);
    }
  }

  /** @param {string} theirNonce */
  async #words(theirNonce) {
    const [ours, theirs] = this.#fingerprints();
    const ends = [`${ours} ${this.#nonce}`, `${theirs} ${theirNonce}`].sort();
    const digest = new DataView(sha256(bytes(`peerhost.safety\n${ends.join('\n')}`)).buffer).getBigUint64(0);
    const { WORDS: list } = await import('./words.js');
    return Array.from({ length: WORDS }, (_, index) => {
      const shift = BigInt(64 - BITS_PER_WORD * (index + 1));
      return list[Number((digest >> shift) & 2047n)];
    }).join(' ');
  }
}

/**
 * @param {RTCPeerConnection} connection
 * @param {(text: string) => void} say to the other end
 */
export function exchangeOver(connection, say) {
  const ends = () => [connection.localDescription, connection.remoteDescription];
  return new SafetyExchange(say, () => ends().map((end) => fingerprintsIn(end?.sdp ?? '')));
}

/**
 * The fingerprints of a description (RFC 8122), in one spelling and order.
 *
 * @param {string} sdp
 */
export function fingerprintsIn(sdp) {
  const lines = [...sdp.matchAll(/^a=fingerprint:(\S+) (\S+)/gm)];
  return [...new Set(lines.map(([, hash, value]) => `${hash.toLowerCase()} ${value.toUpperCase()}`))].sort().join(',');
}

/** @param {string} nonce */
function commitment(nonce) {
  return hex(sha256(bytes(`peerhost.safety ${nonce}`)));
}

/** @param {string} text */
function bytes(text) {
  return new TextEncoder().encode(text);
}
