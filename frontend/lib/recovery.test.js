import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Recovery } from './recovery.js';

/**
 * Runs with time in hand.
 *
 * @param {(at: { it: Recovery, done: string[], wait: (seconds: number) => void }) => void} run
 * @param {Partial<import('./recovery.js').Recoverable> & import('./recovery.js').RecoveryOptions} [options]
 */
const recovering = (run, options) => () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    /** @type {string[]} */
    const done = [];
    let now = 0;
    const note = (/** @type {string} */ what) => done.push(`${what} ${now}`);
    const path = {
      reachable: () => true,
      restartIce: () => note('restart'),
      rebuild: () => note('rebuild'),
      giveUp: () => {
        note('give up');
        it.stop();
      },
      ...options,
    };
    const it = new Recovery(path, { ...options });
    const wait = (/** @type {number} */ seconds) => {
      for (let i = 0; i < seconds * 2; i++) {
        now += 0.5;
        mock.timers.tick(500);
      }
    };
    run({ it, done, wait });
  } finally {
    mock.timers.reset();
  }
};

const WHOLE = [...[3, 6, 12, 20, 28, 36].map((at) => `restart ${at}`), 'rebuild 44', 'rebuild 52', 'give up 60'];

test(
  'disconnected: 3 s of grace, six restarts, then new connections, then the end',
  recovering(({ it, done, wait }) => {
    it.follow('disconnected');
    wait(80);
    assert.deepEqual(done, WHOLE);
  }),
);

test(
  'failed: at once',
  recovering(({ it, done, wait }) => {
    it.follow('disconnected');
    wait(1);
    it.follow('failed');
    assert.deepEqual(done, ['restart 1']);
    it.follow('connecting');
    it.follow('failed');
    wait(3);
    assert.deepEqual(done, ['restart 1', 'restart 4']);
  }),
);

test(
  'back by itself, or by a try: nothing more is done, and the next interruption has all its tries',
  recovering(({ it, done, wait }) => {
    it.follow('disconnected');
    wait(2);
    it.follow('connected');
    wait(60);
    assert.deepEqual(done, []);
    it.follow('failed');
    wait(4);
    it.follow('connected');
    wait(60);
    it.follow('failed');
    assert.deepEqual(done, ['restart 62', 'restart 65', 'restart 126']);
  }),
);

test(
  "'failed': not before",
  recovering(
    ({ it, done, wait }) => {
      it.follow('disconnected');
      wait(10);
      assert.deepEqual(done, []);
      it.follow('failed');
      assert.deepEqual(done, ['restart 10']);
    },
    { iceRestart: 'failed' },
  ),
);

test(
  'false: never, and failed is the end',
  recovering(
    ({ it, done, wait }) => {
      it.follow('disconnected');
      it.wake();
      wait(10);
      it.follow('failed');
      assert.deepEqual(done, ['give up 10']);
    },
    { iceRestart: false },
  ),
);

/** @type {{ reachable: boolean }} */
const server = { reachable: false };

test(
  'without a way to signal no try is wasted, and the first is made when there is one',
  recovering(
    ({ it, done, wait }) => {
      it.follow('failed');
      wait(30);
      assert.deepEqual(done, []);
      server.reachable = true;
      it.wake();
      it.follow('connected');
      it.wake();
      assert.deepEqual(done, ['restart 30']);
    },
    { reachable: () => server.reachable },
  ),
);

test(
  'beyond repair: another connection at once, also between two tries, and its offer again after that',
  recovering(({ it, done, wait }) => {
    it.follow('disconnected');
    wait(4);
    it.replace();
    assert.deepEqual(done, ['restart 3', 'rebuild 4']);
    wait(3);
    assert.deepEqual(done, ['restart 3', 'rebuild 4', 'restart 7']);
  }),
);

test(
  'beyond repair without iceRestart is the end',
  recovering(
    ({ it, done }) => {
      it.replace();
      assert.deepEqual(done, ['give up 0']);
    },
    { iceRestart: false },
  ),
);
