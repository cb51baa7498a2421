import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Delivery } from './delivery.js';
import { abortFrame, ackFrame, completes, dataFrame, decode, helloFrame, NOBODY } from './frames.js';
import { Parcel } from './parcel.js';

// The Java side reads and writes the same frames: FrameTests.
const corpus = JSON.parse(await readFile(new URL('testing/frames.json', import.meta.url), 'utf8'));

/** @param {string} hex */
const bytesOf = (hex) => new Uint8Array(Buffer.from(hex, 'hex'));

/** @param {Uint8Array | string[]} bytes */
const hexOf = (bytes) => Buffer.from(Array.from(bytes, Number)).toString('hex');

const TYPES = [...['whole', 'whole', 'first', 'first', 'more', 'more', 'abort'], ...Array(9), 'hello', 'ack'];

/** @param {ArrayBuffer} data what the corpus says of a frame: the fields that mean something in one of its type */
function shown(data) {
  const { type: number, text, total, bytes, self, other, ...fields } = /** @type {any} */ (decode(data));
  const type = TYPES[number];
  const carried = { bytes: bytes && hexOf(bytes) };
  return {
    ...{ type, ...fields },
    ...(type === 'whole' && { text, ...carried }),
    ...(type === 'first' && { text, total, ...carried }),
    ...(type === 'more' && { last: completes(number), ...carried }),
    ...(type === 'hello' && { self: hexOf(self.split(',')), other: other === NOBODY ? null : hexOf(other.split(',')) }),
  };
}

for (const { name, hex, frame } of corpus.frames) {
  test(`it reads and writes: ${name}`, () => {
    assert.deepEqual(shown(bytesOf(hex).buffer), frame);
    if (frame.type === 'hello') {
      const [self, other] = [frame.self, frame.other].map((id) => (id ? bytesOf(id).join() : NOBODY));
      assert.equal(hexOf(helloFrame({ ...frame, self, other })), hex);
    } else if (frame.type === 'ack') {
      assert.equal(hexOf(ackFrame(frame.next)), hex);
    } else if (frame.type === 'abort') {
      assert.equal(hexOf(abortFrame()), hex);
    } else if (frame.type === 'whole') {
      const bytes = bytesOf(frame.bytes);
      assert.equal(hexOf(dataFrame(frame.text, bytes.length, 0, bytes)), hex);
    }
  });
}

for (const { name, hex } of corpus.malformed) {
  test(`it refuses ${name}`, () => {
    const channel = { label: 'test', inbox: { receive() {} }, fire() {}, closed() {} };
    const end = new Delivery({ ...channel, peer: { connection: { sctp: null } } });
    if (!hex.startsWith('10')) {
      end.receive(bytesOf(corpus.frames.find((/** @type {any} */ { frame }) => frame.type === 'hello').hex).buffer);
    }
    assert.throws(() => end.receive(bytesOf(hex).buffer), { code: 'PROTOCOL_ERROR', message: /peerhost\.1: / });
    end.close();
  });
}

test('a text is no frame', () => {
  assert.throws(() => decode('text'), { code: 'PROTOCOL_ERROR' });
});

for (const { text, size, frames, heads } of corpus.messages) {
  test(`a message of ${size} bytes takes ${frames.length} frames`, () => {
    const message = new Uint8Array(size).map((_, i) => (text ? 97 + (i % 26) : i % 251));
    const parcel = new Parcel(text ? Buffer.from(message).toString() : message, true, {});
    assert.equal(parcel.large, frames.length > 1);
    const made = /** @type {Uint8Array[]} */ (frames.map(() => parcel.take()));
    assert.ok(parcel.done);
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
