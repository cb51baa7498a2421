// SHA-256 (FIPS 180-4) for pages on plain http, where browsers leave crypto.subtle out. For short messages: all is in memory.

const primes = firstPrimes(64);
/** Section 4.2.2: the first 32 bits of the fractions of the primes' cube roots. */
const K = Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
/** Section 5.3.3: of the first eight primes' square roots. */
const INITIAL = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

/** @param {number} number */
function fraction(number) {
  return (number % 1) * 2 ** 32;
}

/** @param {number} count */
function firstPrimes(count) {
  /** @type {number[]} */
  const primes = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime)) {
      primes.push(candidate);
    }
  }
  return primes;
}

/** @type {(word: number, bits: number) => number} */
const rotr = (word, bits) => (word >>> bits) | (word << (32 - bits));

/**
 * @param {Uint8Array} message
 * @returns {Uint8Array<ArrayBuffer>} 32 bytes
 */
export function sha256(message) {
  const padded = new DataView(new ArrayBuffer((((message.length + 8) >> 6) + 1) << 6));
  new Uint8Array(padded.buffer).set(message);
  padded.setUint8(message.length, 0x80);
  padded.setBigUint64(padded.byteLength - 8, BigInt(message.length) * 8n);
  const hash = Uint32Array.from(INITIAL);
  for (let block = 0; block < padded.byteLength; block += 64) {
    compress(hash, padded, block);
  }
  const digest = new DataView(new ArrayBuffer(32));
  for (const [index, word] of hash.entries()) {
    digest.setUint32(index * 4, word);
  }
  return new Uint8Array(digest.buffer);
}

/**
 * Section 6.2.2.
 *
 * @param {Uint32Array} hash
 * @param {DataView} message
 * @param {number} block where it begins
 */
function compress(hash, message, block) {
  const w = new Uint32Array(64);
  for (let t = 0; t < 16; t++) {
    w[t] = message.getUint32(block + t * 4);
  }
  for (let t = 16; t < 64; t++) {
    const [x, y] = [w[t - 15], w[t - 2]];
    const [s0, s1] = [rotr(x, 7) ^ rotr(x, 18) ^ (x >>> 3), rotr(y, 17) ^ rotr(y, 19) ^ (y >>> 10)];
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = hash;
  for (let t = 0; t < 64; t++) {
    const t1 = h + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)) + ((e & f) ^ (~e & g)) + K[t] + w[t];
    const t2 = (rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) {
    hash[index] += word;
  }
}
