import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { setPriority } from 'node:os';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startServer } from './server.js';

const CLIENTS = 1_000;
const NIGHTLY = process.env.PEERHOST_NIGHTLY ? false : 'long: set PEERHOST_NIGHTLY=1';
/** Visitors of the page, and milliseconds from one visit of each to the next. */
const VISITORS = 4;
const PAUSE = 20;
/** Milliseconds. */
const BEFORE = 3_000;
const BACK_WITHIN = 10_000;
const P99 = 200;

/**
 * @param {number} pid
 * @returns {number} milliseconds of processor time so far, utime and stime of proc(5)
 */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** @param {string} url */
function visit(url) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const request = get(url, { agent: new Agent() }, (response) => {
      response.resume();
      response.on('end', () => (response.statusCode === 200 ? resolve(performance.now() - start) : reject(response)));
    });
    request.on('error', reject);
  });
}

/**
 * Opens a page again and again, each time over a connection of its own.
 *
 * @param {string} url
 */
function visits(url) {
  /** @type {number[]} */
  const took = [];
  let going = true;
  const visitor = async () => {
    while (going) {
      took.push(await visit(url));
      await wait(PAUSE);
    }
  };
  const all = Promise.all(Array.from({ length: VISITORS }, visitor));
  return async () => {
    going = false;
    await all;
    const sorted = took.sort((a, b) => a - b);
    const of = (/** @type {number} */ share) => sorted[Math.ceil(sorted.length * share) - 1];
    return { count: sorted.length, median: Math.round(of(0.5)), p99: Math.round(of(0.99)) };
  };
}

test('1,000 clients that are reset at once are back soon, and pages are served meanwhile', {
  skip: NIGHTLY,
  timeout: 180_000,
}, async (context) => {
  const server = await startServer();
  const url = `${server.url.replace('http', 'ws')}/__/peerhost/signaling`;
  const clients = fork(fileURLToPath(new URL('crowd/clients.js', import.meta.url)), [url, String(CLIENTS)]);
  try {
    // Theirs would be a thousand other machines: what they need of this one is not the server's.
    setPriority(Number(clients.pid), 19);
    assert.deepEqual(await once(clients, 'message'), [{ joined: CLIENTS }, undefined]);
    const quiet = visits(`${server.url}/`);
    await wait(BEFORE);
    const before = await quiet();
    const busy = visits(`${server.url}/`);
    const cpu = cpuOf(server.pid);
    clients.send('reset');
    const [{ torn, lost, resumed, took, cpu: theirs }] = await once(clients, 'message');
    const ours = cpuOf(server.pid) - cpu;
    const during = await busy();
    assert.deepEqual([torn, lost, resumed], [CLIENTS, CLIENTS, CLIENTS]);
    took.sort((/** @type {number} */ a, /** @type {number} */ b) => a - b);
    const back = `median ${took[CLIENTS >> 1]} ms, all ${took[CLIENTS - 1]} ms`;
    const pages = [before, during].map(({ count, median, p99 }) => `median ${median}, p99 ${p99} ms of ${count}`);
    context.diagnostic(`back after: ${back}; GET /: ${pages[0]} before, ${pages[1]} meanwhile`);
    const clientsCpu = Math.round((theirs.user + theirs.system) / 1_000);
    context.diagnostic(`CPU time: ${ours} ms of the server, pages and all; ${clientsCpu} ms of the clients`);
    assert.ok(took[CLIENTS - 1] <= BACK_WITHIN, back);
    assert.ok(during.p99 <= P99, pages.join('; '));
  } finally {
    clients.kill();
    await server.stop();
  }
});
