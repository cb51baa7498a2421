import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../lib/testing/setup.js';
import { startServer } from './server.js';

const { Signaling } = await import('../lib/signaling.js');

const CLIENTS = 200;
const DOWN_FOR = 3_000;

/**
 * The library's signaling, ten to a room.
 *
 * @param {string} url
 * @param {number} number
 */
function client(url, number) {
  const room = `crowd-${Math.floor(number / 10)}`;
  /** @type {{ self: string, at: number }[]} every time that it was let in */
  const joined = [];
  const signaling = new Signaling(url, {
    welcome: (resumed) => resumed || signaling.send(`/app/rooms/${room}/join`, {}),
    message: ({ type, self }) => type === 'roster' && joined.push({ self, at: Date.now() }),
    lost: () => {},
  });
  signaling.connect();
  return { joined, signaling };
}

/** @param {() => boolean} holds */
async function until(holds) {
  const end = Date.now() + 40_000;
  while (!holds()) {
    assert.ok(Date.now() < end, `not within 40 s: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('when the server is killed and is back after 3 s, 200 clients are back soon, and not all at once', {
  timeout: 120_000,
}, async (context) => {
  let server = await startServer();
  const url = `${server.url.replace('http', 'ws')}/__/peerhost/signaling`;
  const clients = Array.from({ length: CLIENTS }, (_, number) => client(url, number));
  try {
    await until(() => clients.every(({ joined }) => joined.length === 1));
    await server.kill();
    await new Promise((resolve) => setTimeout(resolve, DOWN_FOR));
    server = await startServer(undefined, [], server.port);
    const up = Date.now();
    await until(() => clients.every(({ joined }) => joined.length === 2));
    const took = clients.map(({ joined }) => Math.max(0, joined[1].at - up)).sort((a, b) => a - b);
    const [median, most, all] = [0.5, 0.95, 1].map((part) => took[Math.ceil(CLIENTS * part) - 1]);
    context.diagnostic(`back after ${median} (median), ${most} (95 %), ${all} ms (all)`);
    assert.ok(most <= 10_000 && all <= 20_000, took.join());
    assert.equal(new Set(clients.flatMap(({ joined }) => joined.map(({ self }) => self))).size, 2 * CLIENTS);
  } finally {
    for (const { signaling } of clients) {
      signaling.close();
    }
    await server.stop();
  }
});
