import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { sha256 } from './sha256.js';
import { WORDS } from './words.js';

/** @param {Uint8Array} bytes */
const hex = (bytes) => Buffer.from(bytes).toString('hex');

test('SHA-256 is what node makes of every length around its blocks', () => {
  for (const length of [...Array(300).keys(), 4096, 100_000]) {
    const message = Uint8Array.from({ length }, (_, index) => (index * 197 + length) % 256);
    assert.equal(hex(sha256(message)), createHash('sha256').update(message).digest('hex'), `${length} bytes`);
  }
});

test("the words are BIP 39's", () => {
  const digest = sha256(new TextEncoder().encode(`${WORDS.join('\n')}\n`));
  assert.equal(WORDS.length, 2048);
  assert.equal(hex(digest), '2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda');
});
