import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Inquiries } from './inquiries.js';

/** Two ends that hear each other, later as over a network. */
function ends() {
  /** @type {Inquiries[]} */
  const both = [];
  const to = (/** @type {number} */ index) => (/** @type {string} */ text) =>
    queueMicrotask(() => both[index].receive(text));
  both.push(
    new Inquiries(to(1), () => ['a=fingerprint:sha-256 AA', 'a=fingerprint:sha-256 BB']),
    new Inquiries(to(0), () => ['a=fingerprint:sha-256 BB', 'a=fingerprint:sha-256 AA']),
  );
  return both;
}

/** One whose other end is silent. */
const alone = () =>
  new Inquiries(
    () => {},
    () => ['', ''],
  );

test('a ping tells how long it took there and back', async () => {
  const [ada, bob] = ends();
  for (const took of await Promise.all([ada.ping(), bob.ping(), ada.ping()])) {
    assert.ok(took >= 0 && took < 5000, `${took} ms`);
  }
});

test('the ends have the same safety code', async () => {
  const [ada, bob] = ends();
  assert.equal(await ada.safetyCode(), await bob.safetyCode());
});

test('a ping to nobody ends after 5 s', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const ping = alone().ping();
    mock.timers.tick(5000);
    await assert.rejects(ping, { code: 'TIMEOUT' });
  } finally {
    mock.timers.reset();
  }
});

test('no more than 64 pings wait, and none after the end', async () => {
  const lonely = alone();
  const waiting = Array.from({ length: 64 }, () => lonely.ping());
  await assert.rejects(lonely.ping(), { code: 'QUEUE_FULL' });
  const code = lonely.safetyCode();
  lonely.close();
  for (const end of await Promise.allSettled(waiting)) {
    assert.equal(end.status === 'rejected' && end.reason.code, 'PEER_CLOSED');
  }
  await assert.rejects(code, { code: 'SAFETY_FAILED' });
});

test('what is no inquiry, or an answer to nothing, is ignored', () => {
  /** @type {string[]} */
  const said = [];
  const inquiries = new Inquiries(
    (text) => said.push(text),
    () => ['', ''],
  );
  for (const text of ['', 'took:chat', 'ping:', 'ping:x', `ping:${'9'.repeat(17)}`, 'pong:7', 'ping:7']) {
    inquiries.receive(text);
  }
  assert.deepEqual(said, ['pong:7']);
});
