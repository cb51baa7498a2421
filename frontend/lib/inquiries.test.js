import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Inquiries } from './inquiries.js';

/** A data channel that says everything to somebody, later, as over a network. */
class Channel extends EventTarget {
  readyState = 'open';
  /** @type {string[]} */
  said = [];
  /** @type {Channel | undefined} */
  other;

  /** @param {string} data */
  send(data) {
    this.said.push(data);
    queueMicrotask(() => this.other?.hear(data));
  }

  /** @param {unknown} data */
  hear(data) {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

/**
 * @param {Channel} channel
 * @param {string} local
 * @param {string} remote
 */
function end(channel, local = '', remote = '') {
  const connection = /** @type {any} */ ({
    ...{ localDescription: { sdp: local }, remoteDescription: { sdp: remote } },
    createDataChannel: () => channel,
  });
  const inquiries = new Inquiries(connection);
  inquiries.say('');
  return inquiries;
}

/** Two ends that hear each other. */
function ends() {
  const [left, right] = [new Channel(), new Channel()];
  left.other = right;
  right.other = left;
  const [ada, bob] = ['a=fingerprint:sha-256 AA', 'a=fingerprint:sha-256 BB'];
  return [end(left, ada, bob), end(right, bob, ada)];
}

/** One whose other end is silent. */
const alone = () => end(new Channel());

test('a ping tells how long it took there and back', async () => {
  const [ada, bob] = ends();
  for (const took of await Promise.all([ada.ping(), bob.ping(), ada.ping()])) {
    assert.ok(took >= 0 && took < 5000, `${took} ms`);
  }
});

test('after a restart of ICE who does not answer is deaf, and who answers is not', async () => {
  assert.deepEqual(await Promise.all([alone().restarted(), ends()[0].restarted()]), [true, false]);
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
  const channel = new Channel();
  end(channel);
  const strange = ['', 'took:chat', 'constructor:', 'ping:', 'ping:x', `ping:${'9'.repeat(17)}`, 'pong:7'];
  for (const data of [...strange, new ArrayBuffer(7), 'ping:7']) {
    channel.hear(data);
  }
  assert.deepEqual(channel.said, ['', 'pong:7']);
});
