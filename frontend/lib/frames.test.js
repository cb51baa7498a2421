import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { abortFrame, ackFrame, dataFrame, decode, framesOf, helloFrame, offsetOf } from './frames.js';

// The Java side reads and writes the same frames: FrameTests.
const corpus = JSON.parse(await readFile(new URL('testing/frames.json', import.meta.url), 'utf8'));

/** @param {string} hex */
const bytesOf = (hex) => new Uint8Array(Buffer.from(hex, 'hex'));

/** @param {Uint8Array} bytes */
const hexOf = (bytes) => Buffer.from(bytes).toString('hex');

for (const { name, hex, frame } of corpus.frames) {
  test(`it reads and writes: ${name}`, () => {
    const { bytes, ...read } = /** @type {any} */ (decode(bytesOf(hex).buffer));
    const shown = bytes ? { ...read, bytes: hexOf(bytes) } : read;
    assert.deepEqual(shown, frame.other === null ? { ...frame, other: undefined } : frame);
    if (frame.type === 'hello') {
      assert.equal(hexOf(helloFrame({ ...frame, other: frame.other ?? undefined })), hex);
    } else if (frame.type === 'ack') {
      assert.equal(hexOf(ackFrame(frame.next)), hex);
    } else if (frame.type === 'abort') {
      assert.equal(hexOf(abortFrame()), hex);
    } else if (frame.type === 'whole') {
      assert.equal(hexOf(dataFrame(frame.text, bytes.length, 0, bytes)), hex);
    }
  });
}

for (const { name, hex } of corpus.malformed) {
  test(`it refuses ${name}`, () => {
    assert.throws(() => decode(bytesOf(hex).buffer), { code: 'PROTOCOL_ERROR', message: /peerhost\.1/ });
  });
}

test('a text is no frame', () => {
  assert.throws(() => decode('text'), { code: 'PROTOCOL_ERROR' });
});

for (const { text, size, frames, heads } of corpus.messages) {
  test(`a message of ${size} bytes takes ${frames.length} frames`, () => {
    const message = new Uint8Array(size).map((_, i) => i % 251);
    assert.equal(framesOf(size), frames.length);
    /** @type {Uint8Array[]} */
    const made = frames.map((/** @type {number} */ _, /** @type {number} */ i) =>
      dataFrame(text, size, i, message.subarray(offsetOf(i, size), offsetOf(i + 1, size))),
    );
    assert.deepEqual(
      made.map(({ length }) => length),
      frames,
    );
    assert.deepEqual(
      made.map((frame, i) => hexOf(frame.subarray(0, heads[i].length / 2))),
      heads,
    );
    assert.deepEqual(Buffer.concat(made.map((frame, i) => frame.subarray(heads[i].length / 2))), Buffer.from(message));
  });
}
