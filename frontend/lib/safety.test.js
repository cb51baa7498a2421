import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { mock, test } from 'node:test';
import { fingerprintsIn, SafetyExchange } from './safety.js';

const ADA = 'sha-256 AA:AA';
const BOB = 'sha-256 BB:BB';
const EVE = 'sha-256 EE:EE';

/**
 * Two ends that hear what the other says, later as in a channel; what one says may be changed on the way.
 *
 * @param {string[]} left what it sees: its own fingerprint and the other's
 * @param {string[]} right
 * @param {(text: string) => string} [changed]
 */
function ends(left, right, changed = (text) => text) {
  /** @type {SafetyExchange[]} */
  const both = [];
  const to = (/** @type {number} */ index) => (/** @type {string} */ text) => {
    queueMicrotask(() => both[index].receive(changed(text)));
  };
  both.push(new SafetyExchange(to(1), () => left), new SafetyExchange(to(0), () => right));
  return both;
}

test('both ends have the same five words, another five each time', async () => {
  const codes = new Set();
  for (let connection = 0; connection < 20; connection++) {
    const [ada, bob] = ends([ADA, BOB], [BOB, ADA]);
    const code = await ada.code();
    assert.equal(await bob.code(), code);
    assert.equal(await ada.code(), code);
    assert.match(code, /^([a-z]{3,8} ){4}[a-z]{3,8}$/);
    codes.add(code);
  }
  assert.equal(codes.size, 20);
});

test('the words are those that the Java peer comes to', async () => {
  const vectors = JSON.parse(await readFile(new URL('./testing/safety-vectors.json', import.meta.url), 'utf8'));
  for (const { ours, theirs, ourNonce, theirNonce, ourCommitment, theirCommitment, words } of vectors) {
    /** @type {string[]} */
    const said = [];
    const exchange = new SafetyExchange(
      (text) => said.push(text),
      () => [ours, theirs],
      ourNonce,
    );
    exchange.receive(`commit:${theirCommitment}`);
    exchange.receive(`reveal:${theirNonce}`);
    assert.equal(await exchange.code(), words);
    assert.deepEqual(said, [`commit:${ourCommitment}`, `reveal:${ourNonce}`]);
  }
});

test('both may ask at once', async () => {
  const [ada, bob] = ends([ADA, BOB], [BOB, ADA]);
  const [hers, his] = await Promise.all([ada.code(), bob.code()]);
  assert.equal(hers, his);
});

test('who replaces the fingerprints and passes everything on gives the ends different words', async () => {
  const [ada, bob] = ends([ADA, EVE], [BOB, EVE]);
  assert.notEqual(await ada.code(), await bob.code());
});

test('who replaces the fingerprints and speaks for both gives the ends different words', async () => {
  const [ada, toAda] = ends([ADA, EVE], [EVE, ADA]);
  const [toBob, bob] = ends([EVE, BOB], [BOB, EVE]);
  assert.equal(await ada.code(), await toAda.code());
  assert.equal(await bob.code(), await toBob.code());
  assert.notEqual(await ada.code(), await bob.code());
});

test('who waits for a nonce to choose its own by cannot keep its commitment', async () => {
  const [ada] = ends([ADA, EVE], [EVE, ADA], (text) => text.replace(/^reveal:../, 'reveal:00'));
  await assert.rejects(ada.code(), { code: 'SAFETY_FAILED' });
});

test('a nonce is told only to who has committed itself', async () => {
  /** @type {string[]} */
  const said = [];
  const exchange = new SafetyExchange(
    (text) => said.push(text),
    () => [ADA, EVE],
  );
  const code = exchange.code();
  assert.deepEqual(
    said.map((text) => text.split(':')[0]),
    ['commit'],
  );
  exchange.receive(`reveal:${'0'.repeat(64)}`);
  await assert.rejects(code, { code: 'SAFETY_FAILED' });
  assert.equal(said.length, 1);
});

test('one who only repeats what we say, commits twice or talks nonsense gets nowhere', async () => {
  for (const answers of [
    (/** @type {string} */ said) => [said],
    () => [`commit:${'1'.repeat(64)}`, `commit:${'2'.repeat(64)}`],
    () => ['nonsense'],
    () => [`commit:${'1'.repeat(63)}`],
  ]) {
    /** @type {string[]} */
    const said = [];
    const exchange = new SafetyExchange(
      (text) => said.push(text),
      () => [ADA, EVE],
    );
    const code = exchange.code();
    for (const answer of answers(said[0])) {
      exchange.receive(answer);
    }
    await assert.rejects(code, { code: 'SAFETY_FAILED' });
  }
});

test('silence is a time-out', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const code = new SafetyExchange(
      () => {},
      () => [ADA, BOB],
    ).code();
    mock.timers.tick(10_000);
    await assert.rejects(code, { code: 'TIMEOUT' });
  } finally {
    mock.timers.reset();
  }
});

test("a description's fingerprints are compared in one spelling", () => {
  const sdp =
    'v=0\r\na=fingerprint:SHA-256 ab:CD\r\nm=x\r\na=fingerprint:sha-512 01\r\na=fingerprint:sha-256 AB:cd\r\n';
  assert.equal(fingerprintsIn(sdp), 'sha-256 AB:CD,sha-512 01');
});
