import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ledger } from './ledger.js';

const [ADA, BOB] = ['a=fingerprint:sha-256 AD:A0\r\n', 'a=fingerprint:sha-256 B0:B0\r\n'];

/** One end of a channel that brings its messages to the other ledger, until it is cut. */
class Wire extends EventTarget {
  /** @type {Wire | undefined} */
  other;

  /** @param {unknown} data */
  send(data) {
    this.other?.dispatchEvent(Object.assign(new Event('message'), { data }));
  }
}

/**
 * Two ledgers with a new channel between them.
 *
 * @param {Ledger} ada
 * @param {Ledger} bob
 */
function connect(ada, bob) {
  const beside = [ada.received, bob.received];
  ada.hears({ sdp: BOB, received: beside[1] });
  bob.hears({ sdp: ADA, received: beside[0] });
  const [one, other] = [new Wire(), new Wire()];
  [one.other, other.other] = [other, one];
  /** @type {unknown[]} */
  const toAda = [];
  /** @type {unknown[]} */
  const toBob = [];
  one.addEventListener('message', (event) => toAda.push(/** @type {MessageEvent} */ (event).data));
  other.addEventListener('message', (event) => toBob.push(/** @type {MessageEvent} */ (event).data));
  const watching = new AbortController();
  ada.follow(/** @type {any} */ (one), watching.signal);
  bob.follow(/** @type {any} */ (other), watching.signal);
  const cut = () => {
    one.other = undefined;
    other.other = undefined;
  };
  return { one, other, toAda, toBob, cut, told: [ada.goOn(), bob.goOn()] };
}

test('over another channel comes what the first one lost, once and in order, and it is told', () => {
  const [ada, bob] = [new Ledger(), new Ledger()];
  const first = connect(ada, bob);
  assert.deepEqual(first.told, ['', '']);
  for (const text of ['one', 'two']) first.one.send(text);
  first.other.send('I hear you');
  first.cut();
  for (const text of ['three', 'four']) first.one.send(text);
  const second = connect(ada, bob);
  assert.deepEqual(second.toBob, ['three', 'four']);
  assert.match(second.told[0], /Sent again, since it had not arrived: 2 messages\./);
  assert.match(second.told[1], /All that was sent had arrived\./);
  second.cut();
  second.other.send('and you me?');
  const third = connect(ada, bob);
  assert.deepEqual([third.toAda, third.toBob], [['and you me?'], []]);
  assert.match(third.told[1], /: 1 message\./);
});

test('what is too much to keep is counted as lost', () => {
  const [ada, bob] = [new Ledger(), new Ledger()];
  const first = connect(ada, bob);
  first.cut();
  for (let number = 0; number < 1_001; number++) first.one.send(number.toString());
  const second = connect(ada, bob);
  assert.deepEqual([second.toBob.length, second.toBob[0]], [1_000, '1']);
  assert.match(second.told[0], /Lost, since that was too much to keep: 1 message\./);
  second.cut();
  const third = connect(ada, bob);
  assert.match(third.told[0], /All that was sent had arrived/);
  third.cut();
  for (const size of [600_000, 600_000]) third.one.send(new Uint8Array(size));
  assert.match(connect(ada, bob).told[0], /again, .*: 1 message\. Lost, .*: 1 message\./);
});

test('somebody else is sent nothing of it, and a page that does not count, or counts wrong, neither', () => {
  const [ada, bob] = [new Ledger(), new Ledger()];
  const first = connect(ada, bob);
  first.cut();
  first.one.send('for Bob alone');
  for (const received of [undefined, -1, 2, 0.5, 'all']) {
    ada.hears({ sdp: BOB, received });
    assert.equal(ada.goOn(), '');
  }
  assert.ok(ada.isWith(BOB));
  ada.hears({ sdp: ADA, received: 0 });
  assert.deepEqual([ada.isWith(BOB), ada.received], [false, undefined]);
  const stranger = connect(ada, new Ledger());
  assert.deepEqual(stranger.toBob, []);
});
