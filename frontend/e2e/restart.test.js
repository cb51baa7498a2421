import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium, firefox, open } from './browsers.js';
import { startServer } from './server.js';

/** @typedef {import('./browsers.js').Browser} Browser */
/** @typedef {import('./browsers.js').Window} Window */

const PER_TEST = { timeout: 120_000 };

/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
/** @type {Browser} */
let fox;
/** @type {Browser} */
let chrome;

before(async () => {
  [server, fox, chrome] = await Promise.all([startServer(), firefox(), chromium()]);
});

after(async () => {
  await Promise.all([fox?.close(), chrome?.close()]);
  await server?.stop();
});

/**
 * A page that has joined by the library alone, and keeps what an application would see: `room`, the room's channel `all`,
 * and `seen`.
 *
 * @param {Browser} browser
 * @param {string} name
 */
async function join(browser, name) {
  const window = await open(browser, `${server.url}/404`);
  await window.run(async (who) => {
    const { joinRoom } = await import('/__/peerhost/peerhost.js');
    const room = await joinRoom('restart', { name: who });
    const all = room.channel('chat');
    /** @type {string[]} */
    const seen = [];
    for (const type of /** @type {const} */ (['peerjoin', 'peerleave', 'error'])) {
      room.addEventListener(type, () => seen.push(type));
    }
    all.addEventListener('message', ({ data }) => seen.push(data));
    Object.assign(globalThis, { room, all, seen });
  }, name);
  return window;
}

/** @param {Window} window remembers whom it has, over what, and forgets what it saw */
const remember = (window) =>
  window.run(() => {
    const { room, seen } = /** @type {any} */ (globalThis);
    const [peer] = room.peers.values();
    Object.assign(globalThis, { peer, connection: peer.connection, self: room.self });
    seen.length = 0;
  });

/** Has the server's own peer echo something, and keeps what comes. */
async function echo() {
  const { room } = /** @type {any} */ (globalThis);
  const channel = room.server.channel('echo');
  const echoes = Object.assign([], { channel });
  channel.addEventListener('message', (/** @type {MessageEvent} */ { data }) =>
    echoes.push(/** @type {never} */ (data)),
  );
  Object.assign(globalThis, { echoes, server: room.server });
  await channel.send('once');
}

test('a server that is killed and comes back breaks no channel, and everybody is who they were', PER_TEST, async () => {
  const windows = [await join(fox, 'Ada'), await join(chrome, 'Bob')];
  const [ada, bob] = windows;
  for (const window of windows) {
    await window.holds('all.channels.size === 1 && all.readyState === "open"');
    await remember(window);
    await window.run(echo);
    await window.holds('echoes.length === 1');
  }

  await server.kill();
  for (const window of windows) {
    await window.holds('room.state === "reconnecting"');
  }
  await ada.run(() => /** @type {any} */ (globalThis).all.send('while it is down'));
  await bob.holds('seen.includes("while it is down")');

  server = await startServer(undefined, [], server.port);
  for (const window of windows) {
    await window.holds('room.state === "connected" && room.self !== self');
  }
  const [idOfAda, idOfBob] = await Promise.all(
    windows.map((window) => window.run(() => String(/** @type {any} */ (globalThis).room.self))),
  );
  await ada.holds(`room.peers.get("${idOfBob}") === peer`);
  await bob.holds(`room.peers.get("${idOfAda}") === peer`);
  await bob.run(() => /** @type {any} */ (globalThis).all.send('after it is back'));
  await ada.holds('seen.includes("after it is back")');

  for (const window of windows) {
    assert.deepEqual(
      await window.run(() => {
        const { room, peer, connection } = /** @type {any} */ (globalThis);
        return [room.peers.size, peer.state, peer.connection === connection, connection.connectionState];
      }),
      [1, 'connected', true, 'connected'],
    );
  }
  // What the server's handlers knew is gone, so their channels end; the same peer opens others.
  for (const window of windows) {
    await window.holds(
      'room.server === server && echoes.channel.readyState === "closed" && server.state === "connected"',
    );
    await window.run(echo);
    await window.holds('echoes.length === 1');
  }
  const seen = await Promise.all(windows.map((window) => window.run(() => /** @type {any} */ (globalThis).seen)));
  assert.deepEqual(seen, [['after it is back'], ['while it is down']]);
});
