import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHROMIUM, chromium } from './browsers.js';
import { startServer } from './server.js';
import { stage } from './stage.js';

/** @param {number} pid */
const lives = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('when a part does not start, its error is told and nothing is left running', { timeout: 90_000 }, async () => {
  /** @type {number[]} */
  const pids = [];
  const starts = {
    server: async () => {
      const server = await startServer();
      pids.push(server.pid);
      return server;
    },
    chrome: async () => {
      const browser = await chromium(CHROMIUM);
      pids.push(Number(browser.process()?.pid));
      return browser;
    },
    wrong: () => startServer(undefined, ['--peerhost.no-such-key=1']),
  };
  await assert.rejects(stage(starts), /no-such-key/);
  assert.equal(pids.length, 2);
  assert.deepEqual(pids.map(lives), [false, false]);
});
