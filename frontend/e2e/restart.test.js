import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromium, firefox } from './browsers.js';
import { member } from './member.js';
import { startServer } from './server.js';
import { stage } from './stage.js';

/** @typedef {import('./browsers.js').Browser} Browser */
/** @typedef {import('./browsers.js').Window} Window */

const PER_TEST = { timeout: 120_000 };

const on = await stage({ server: startServer, fox: firefox, chrome: chromium });

/**
 * A page in the room, which keeps what an application would see: the room's channel `all`, and `seen`.
 *
 * @param {Browser} browser
 * @param {string} name
 */
async function join(browser, name) {
  const window = await member(browser, on.server.url, 'restart', { name });
  await window.run(() => {
    const all = room.channel('chat');
    /** @type {string[]} */
    const seen = [];
    for (const type of ['peerjoin', 'peerleave', 'error']) {
      room.addEventListener(type, () => seen.push(type));
    }
    all.addEventListener('message', (/** @type {MessageEvent} */ { data }) => seen.push(data));
    Object.assign(globalThis, { all, seen });
  });
  return window;
}

/** @param {Window} window remembers whom it has, over what, and forgets what it saw */
const remember = (window) =>
  window.run(() => {
    const peer = other();
    Object.assign(globalThis, { peer, connection: peer.connection, self: room.self });
    seen.length = 0;
  });

/** Has the server's own peer echo something, and keeps what comes. */
async function echo() {
  const channel = room.server.channel('echo');
  const echoes = Object.assign([], { channel });
  channel.addEventListener('message', (/** @type {MessageEvent} */ { data }) =>
    echoes.push(/** @type {never} */ (data)),
  );
  Object.assign(globalThis, { echoes, server: room.server });
  await channel.send('once');
}

test('a server that is killed and comes back breaks no channel, and everybody is who they were', PER_TEST, async () => {
  const windows = [await join(on.fox, 'Ada'), await join(on.chrome, 'Bob')];
  const [ada, bob] = windows;
  for (const window of windows) {
    await window.holds('all.channels.size === 1 && all.readyState === "open"');
    await remember(window);
    await window.run(echo);
    await window.holds('echoes.length === 1');
  }

  await on.server.kill();
  for (const window of windows) {
    await window.holds('room.state === "reconnecting"');
  }
  await ada.run(() => all.send('while it is down'));
  await bob.holds('seen.includes("while it is down")');

  on.server = await startServer(undefined, [], on.server.port);
  for (const window of windows) {
    await window.holds('room.state === "connected" && room.self !== self');
  }
  const [idOfAda, idOfBob] = await Promise.all(windows.map((window) => window.run(() => String(room.self))));
  await ada.holds(`room.peers.get("${idOfBob}") === peer`);
  await bob.holds(`room.peers.get("${idOfAda}") === peer`);
  await bob.run(() => all.send('after it is back'));
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
  const saw = await Promise.all(windows.map((window) => window.run(() => seen)));
  assert.deepEqual(saw, [['after it is back'], ['while it is down']]);
});
