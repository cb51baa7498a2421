import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Delivery } from './delivery.js';
import { decode, HELLO, helloFrame } from './frames.js';
import { randomFrom, Wire } from './testing/wires.js';

/** @typedef {import('./errors.js').PeerhostError} PeerhostError */

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** One end, with all that it says. */
class End {
  /** @type {any[]} */
  messages = [];
  /** @type {[number, number][]} */
  progress = [];
  /** @type {PeerhostError[]} */
  errors = [];
  wire = new Wire();
  delivery = new Delivery({
    label: 'test',
    inbox: { receive: (data) => this.messages.push(data) },
    fire: (_, fields) => {
      const { loaded, total } = /** @type {any} */ (fields);
      this.progress.push([loaded, total]);
    },
    closed: (error) => error && this.errors.push(error),
    peer: { connection: { sctp: null } },
  });

  /** @param {ArrayBuffer} frame */
  receive(frame) {
    try {
      this.delivery.receive(frame);
    } catch (error) {
      this.errors.push(/** @type {PeerhostError} */ (error));
    }
  }

  carry() {
    this.wire.readyState = 'closed';
    this.wire = new Wire();
    this.delivery.restart(false);
    this.delivery.open(/** @type {any} */ (this.wire));
  }
}

/** Two ends that a test moves frame by frame. */
class Pair {
  a = new End();
  b = new End();

  constructor() {
    this.cut();
  }

  /** What flies is lost, and other data channels carry on. */
  cut() {
    this.a.carry();
    this.b.carry();
  }

  /** Lets all that there is arrive. */
  async settle() {
    for (let idle = 0; idle < 3; idle++) {
      const moved = [this.move(this.a, this.b), this.move(this.b, this.a)];
      if (moved.includes(true)) {
        idle = -1;
      }
      await turn();
    }
  }

  /**
   * @param {End} from
   * @param {End} to
   * @param {(frame: ArrayBuffer) => ArrayBuffer} [change]
   */
  move(from, to, change = (frame) => frame) {
    return from.wire.move((frame) => to.receive(change(frame)));
  }
}

/** @param {string | ArrayBuffer | Blob} data */
const nameOf = (data) => (typeof data === 'string' ? data : Buffer.from(/** @type {ArrayBuffer} */ (data)).toString());

test('every kind and size arrives as it was when it was given', async () => {
  const pair = new Pair();
  const { a, b } = pair;
  const bytes = new Uint8Array(200_000).map((_, i) => i % 251);
  const text = 'ä€😀\ufeff'.repeat(20_000);
  const sent = Promise.all([
    a.delivery.send(''),
    a.delivery.send('\ufeffsmall'),
    a.delivery.send(new Blob(['blob'])),
    a.delivery.send(bytes.subarray(1, 3)),
    a.delivery.send(new Blob([])),
    a.delivery.send(bytes),
    a.delivery.send(text),
    a.delivery.send(new Blob([bytes])),
    a.delivery.send(new Uint8Array(65_535)),
  ]);
  const copy = bytes.slice();
  bytes.fill(0);
  await pair.settle();
  await sent;
  const [empty, small, blob, part, none, full, ...large] = b.messages;
  assert.deepEqual([empty, small, nameOf(blob)], ['', '\ufeffsmall', 'blob']);
  assert.deepEqual([...new Uint8Array(part), none.byteLength, full.byteLength], [1, 2, 0, 65_535]);
  assert.deepEqual(Buffer.from(large[0]), Buffer.from(copy));
  assert.equal(large[1], text);
  assert.equal(large[2].byteLength, 200_000);
  assert.ok(a.delivery.undelivered > 0, 'the last ones are acknowledged in a moment');
  await new Promise((resolve) => setTimeout(resolve, 60));
  await pair.settle();
  assert.equal(a.delivery.undelivered, 0);
});

test('a small message waits for at most one fragment of a large one', async () => {
  const pair = new Pair();
  await pair.settle();
  const { a, b } = pair;
  const large = a.delivery.send(new Uint8Array(2_000_000));
  await turn();
  const given = a.wire.sent.length;
  void a.delivery.send('small');
  pair.move(a, b);
  pair.move(a, b);
  pair.move(a, b);
  const after = a.wire.sent.slice(given);
  assert.ok(after.indexOf(0) >= 0 && after.indexOf(0) <= 1, `its place among the next frames: ${after}`);
  await pair.settle();
  await large;
  assert.equal(b.messages[0], 'small');
  assert.equal(b.messages[1].byteLength, 2_000_000);
});

test('progress is told on both sides, and send is fulfilled when all of it was taken', async () => {
  const pair = new Pair();
  await pair.settle();
  /** @type {number[]} */
  const loaded = [];
  const sent = pair.a.delivery.send(new Blob([new Uint8Array(1_000_000)]), {
    progress: (bytes, total) => loaded.push(bytes / total),
  });
  await pair.settle();
  await sent;
  assert.equal(loaded.length, 16);
  assert.equal(loaded.at(-1), 1);
  assert.deepEqual(
    [...loaded].sort((x, y) => x - y),
    loaded,
  );
  assert.equal(pair.b.progress.length, 16);
  assert.deepEqual(pair.b.progress[0], [65_531, 1_000_000]);
});

test('an aborted message is dropped over there, and the next one comes', async () => {
  const pair = new Pair();
  await pair.settle();
  const { a, b } = pair;
  const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()];
  const begun = a.delivery.send(new Uint8Array(3_000_000), { signal: first.signal });
  const waiting = a.delivery.send(new Uint8Array(3_000_000), { signal: second.signal });
  const next = a.delivery.send(new Uint8Array(100_000), { signal: third.signal });
  await turn();
  pair.move(a, b);
  first.abort('changed my mind');
  second.abort();
  await assert.rejects(begun, { code: 'ABORTED', message: /changed my mind/ });
  await assert.rejects(waiting, { code: 'ABORTED' });
  await pair.settle();
  await next;
  third.abort();
  assert.deepEqual(
    b.messages.map(({ byteLength }) => byteLength),
    [100_000],
  );
  await assert.rejects(a.delivery.send('late', { signal: first.signal }), { code: 'ABORTED' });
  assert.equal(a.delivery.bytes, 0);
});

test('above the limit, here or over there, a message is refused and the others go', async () => {
  const pair = new Pair();
  const { a, b } = pair;
  await assert.rejects(a.delivery.send(new Blob([new Uint8Array(67_108_865)])), { code: 'TOO_LARGE' });
  const early = assert.rejects(a.delivery.send(new Uint8Array(200_000)), { code: 'TOO_LARGE', message: /100000/ });
  const frame = /** @type {ArrayBuffer} */ (b.wire.flying.shift());
  const hello = /** @type {import('./frames.js').Hello} */ (decode(frame));
  a.delivery.receive(helloFrame({ ...hello, limit: 100_000 }).buffer);
  await early;
  await assert.rejects(a.delivery.send(new Uint8Array(100_001)), { code: 'TOO_LARGE' });
  const fits = a.delivery.send(new Uint8Array(100_000));
  await pair.settle();
  await fits;
  assert.equal(b.messages.length, 1);
});

test('what is not acknowledged fills a window of 4 MiB, then send waits', async () => {
  const pair = new Pair();
  const { a } = pair;
  await pair.settle();
  let taken = 0;
  const sends = Array.from({ length: 100 }, () => a.delivery.send(new Uint8Array(65_535)).then(() => taken++));
  // The other side takes all and says nothing.
  while (a.wire.flying.length > 0) {
    a.wire.move(() => {});
    await turn();
  }
  assert.equal(taken, 64);
  assert.equal(a.delivery.bytes, 36 * 65_535);
  pair.cut();
  await pair.settle();
  await Promise.all(sends);
  assert.equal(pair.b.messages.length, 100);
});

test('who waits with too much is refused', async () => {
  const { delivery } = new End();
  const waiting = delivery.send(new Uint8Array(60_000_000));
  await assert.rejects(delivery.send(new Uint8Array(8_000_000)), { code: 'QUEUE_FULL' });
  delivery.close();
  await assert.rejects(waiting, { code: 'CHANNEL_CLOSED' });
});

test('what is acknowledged after the end is no error', async () => {
  const pair = new Pair();
  const { a, b } = pair;
  await pair.settle();
  await a.delivery.send('the last');
  a.delivery.close();
  pair.move(a, b);
  b.delivery.close();
  assert.equal(pair.move(b, a), true, 'the acknowledgement');
  assert.deepEqual([b.messages, a.errors], [['the last'], []]);
});

test('what the protocol forbids ends the channel', async () => {
  /** @type {[string, number[][]][]} */
  const forbidden = [
    ['no hello', [[0, 1]]],
    ['two hellos', [[], []]],
    ['an ack of what was never sent', [[], [17, 0, 0, 0, 0, 0, 0, 0, 1]]],
    ['a fragment of nothing', [[], [4, 1]]],
    ['two messages at once', [[], [2, 0, 0, 0, 9, 1], [2, 0, 0, 0, 9, 1]]],
    ['too many bytes', [[], [2, 0, 0, 0, 2, 1], [5, 1, 1]]],
    ['too few bytes', [[], [2, 0, 0, 0, 3, 1], [5, 1]]],
    ['more than 64 MiB', [[], [2, 4, 0, 0, 1, 1]]],
  ];
  for (const [name, frames] of forbidden) {
    const { a, b } = new Pair();
    const [hello] = b.wire.flying;
    for (const frame of frames) {
      a.receive(frame.length === 0 ? hello : new Uint8Array(frame).buffer);
    }
    assert.deepEqual(
      a.errors.map(({ code }) => code),
      ['PROTOCOL_ERROR'],
      name,
    );
  }
});

test('another one at the other end is told from the one before', async () => {
  const pair = new Pair();
  await pair.settle();
  const { a } = pair;
  pair.b = new End();
  pair.cut();
  await pair.settle();
  assert.equal(a.errors[0]?.code, 'CHANNEL_ERROR');
  assert.equal(pair.b.errors[0]?.code, 'CHANNEL_ERROR');
});

/**
 * Messages both ways under cuts at random.
 *
 * @param {number} seed
 * @param {(frame: ArrayBuffer, to: End) => ArrayBuffer} [change] what becomes of a frame on its way
 */
async function storm(seed, change = (frame) => frame) {
  const random = randomFrom(seed);
  const pair = new Pair();
  let cuts = 0;
  let left = 300;
  /** @type {[string[], string[]]} */
  const sent = [[], []];
  const flow = [
    [pair.a, pair.b],
    [pair.b, pair.a],
  ];
  for (let idle = 0; idle < 100; ) {
    const [from, to] = flow[Math.floor(random() * 2)];
    if (left > 0 && random() < 0.2) {
      const large = random() < 0.1;
      const name = `${large ? 'large' : 'small'} ${left--} ${'x'.repeat(random() * (large ? 400_000 : 300))}`;
      const size = large ? name.padEnd(70_000, '-') : name;
      sent[from === pair.a ? 0 : 1].push(size);
      void from.delivery.send(random() < 0.5 ? size : random() < 0.5 ? new Blob([size]) : Buffer.from(size));
      await turn();
    }
    if (left > 0 && random() < 0.03) {
      cuts++;
      pair.cut();
    }
    idle = pair.move(from, to, (frame) => change(frame, to)) || left > 0 ? 0 : idle + 1;
    if (random() < 0.3 || idle > 0) {
      await turn();
    }
  }
  assert.ok(cuts > 5, `${cuts} cuts`);
  return {
    sent,
    got: [pair.b.messages.map(nameOf), pair.a.messages.map(nameOf)],
    errors: [pair.a, pair.b].flatMap(({ errors }) => errors),
  };
}

/** @param {string[]} names */
const bySize = (names) => ['small', 'large'].map((size) => names.filter((name) => name.startsWith(size)));

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
  test(`under cuts each message arrives once, in order (seed ${seed})`, async () => {
    const { sent, got, errors } = await storm(seed);
    assert.deepEqual(errors, []);
    assert.deepEqual(got.map(bySize), sent.map(bySize));
  });
}

test('the control: who does not tell what comes again gets messages twice', async () => {
  const { sent, got } = await storm(1, (frame, to) => {
    const read = decode(frame);
    // As if what follows were all new.
    const own = to.wire.first && decode(to.wire.first);
    return read.type === HELLO && own?.type === HELLO ? helloFrame({ ...read, first: own.next }).buffer : frame;
  });
  assert.ok(got[0].length > sent[0].length || got[1].length > sent[1].length, 'something came twice');
});
