import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { inTime } from './errors.js';
import { Heartbeat } from './heartbeat.js';

/** @type {{ bytes: number, answers: boolean, pings: number, changes: boolean[] }} */
let other;
/** @type {Heartbeat} */
let heartbeat;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  other = { bytes: 0, answers: true, pings: 0, changes: [] };
  heartbeat = new Heartbeat({
    ping: (within) => {
      other.pings++;
      return inTime(() => (other.answers ? Promise.resolve(1) : new Promise(() => {})), 'A ping', within);
    },
    received: async () => other.bytes,
    changed: (alive) => other.changes.push(alive),
  });
  heartbeat.start();
});

afterEach(() => {
  heartbeat.stop();
  mock.timers.reset();
  Reflect.deleteProperty(globalThis, 'document');
});

/** @param {number} seconds in steps in which promises can settle */
async function pass(seconds) {
  for (let second = 0; second < seconds; second++) {
    mock.timers.tick(1000);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** @param {'visible' | 'hidden'} visibilityState */
function see(visibilityState) {
  const document = globalThis.document ?? new EventTarget();
  Object.assign(globalThis, { document: Object.assign(document, { visibilityState }) });
  document.dispatchEvent(new Event('visibilitychange'));
}

test('who answers is alive, and nothing is said of it', async () => {
  await pass(20);
  assert.deepEqual(other.changes, []);
  assert.equal(other.pings, 10);
});

test('who falls silent is missed within 5 s, and found again', async () => {
  other.answers = false;
  await pass(4);
  assert.deepEqual(other.changes, []);
  await pass(1);
  assert.deepEqual(other.changes, [false]);
  other.answers = true;
  await pass(5);
  assert.deepEqual(other.changes, [false, true]);
});

test('who only sends, too busily to answer, is alive', async () => {
  other.answers = false;
  for (let second = 0; second < 20; second++) {
    other.bytes += 1000;
    await pass(1);
  }
  assert.deepEqual(other.changes, []);
});

test('nobody is missed while the connection is known to be interrupted, or after the end', async () => {
  other.answers = false;
  await pass(3);
  heartbeat.stop();
  await pass(10);
  heartbeat.start();
  await pass(1);
  heartbeat.stop();
  await pass(10);
  assert.deepEqual(other.changes, []);
});

test('a hidden page asks nobody, and asks again when it is seen', async () => {
  see('visible');
  heartbeat.stop();
  heartbeat = new Heartbeat({ ping: async () => ++other.pings, received: async () => 0, changed: () => {} });
  heartbeat.start();
  await pass(2);
  assert.equal(other.pings, 1);
  see('hidden');
  await pass(10);
  assert.equal(other.pings, 1);
  see('visible');
  await pass(2);
  assert.equal(other.pings, 2);
});
