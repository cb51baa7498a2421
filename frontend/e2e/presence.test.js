import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromium, firefox } from './browsers.js';
import { member } from './member.js';
import { freePort, startServer } from './server.js';
import { stage } from './stage.js';

/** @typedef {import('./browsers.js').Browser} Browser */
/** @typedef {import('./browsers.js').Window} Window */

const PER_TEST = { timeout: 90_000 };

const managementPort = await freePort();
const { server, fox, chrome } = await stage({
  server: () => startServer(undefined, [`--management.server.port=${managementPort}`]),
  fox: firefox,
  chrome: chromium,
});

/**
 * @param {Browser} browser
 * @param {string} room
 */
const join = (browser, room) => member(browser, server.url, room, { rtcConfig: {} });

/** @param {Window[]} windows until each is connected to the other */
const connected = (...windows) => Promise.all(windows.map((window) => window.holds("other()?.state === 'connected'")));

/** @param {Window} window @returns {Promise<string>} its words for the other, or the code of the refusal */
const wordsOf = (window) =>
  window.run(() =>
    globalThis
      .other()
      .safetyCode()
      .catch((/** @type {any} */ { code }) => code),
  );

test('two browsers show the same five words, others with somebody else', PER_TEST, async () => {
  const [ada, bob] = [await join(fox, 'words'), await join(chrome, 'words')];
  await connected(ada, bob);
  const [hers, his] = await Promise.all([wordsOf(ada), wordsOf(bob)]);
  assert.match(hers, /^([a-z]{3,8} ){4}[a-z]{3,8}$/);
  assert.equal(hers, his);
  assert.ok((await ada.run(() => globalThis.other().ping())) < 5000);
  const [cleo, dan] = [await join(chrome, 'words-2'), await join(chrome, 'words-2')];
  await connected(cleo, dan);
  assert.notEqual(await wordsOf(cleo), hers);
});

for (const browser of ['Firefox', 'Chromium']) {
  test(`${browser} and the Java peer show the same five words`, PER_TEST, async () => {
    const window = await join(browser === 'Firefox' ? fox : chrome, `java-${browser}`);
    const words = await window.run(async () => {
      await globalThis.room.server.ping();
      return globalThis.room.server.safetyCode();
    });
    const { connections } = await (await fetch(`http://localhost:${managementPort}/actuator/peerhost`)).json();
    const own = connections.find((/** @type {any} */ { room }) => room === `java-${browser}`);
    assert.match(words, /^([a-z]{3,8} ){4}[a-z]{3,8}$/);
    assert.equal(own.safetyCode, words);
  });
}

test('one that hangs is missed within 5 s, though its network answers, and is found again', PER_TEST, async () => {
  const [ada, bob] = [await join(chrome, 'hangs'), await join(fox, 'hangs')];
  await connected(ada, bob);
  await ada.run(() => {
    const peer = globalThis.other();
    const seen = /** @type {unknown[]} */ ([]);
    peer.addEventListener('statechange', () =>
      seen.push([peer.state, peer.connection.iceConnectionState, performance.now()]),
    );
    Object.assign(globalThis, { seen });
  });
  const start = await ada.run(() => performance.now());
  await bob.run(() => {
    const end = Date.now() + 9_000;
    while (Date.now() < end);
  });
  await ada.holds('seen.length >= 2');
  const seen = /** @type {[string, string, number][]} */ (await ada.run(() => globalThis.seen));
  assert.deepEqual(
    seen.slice(0, 2).map(([state]) => state),
    ['reconnecting', 'connected'],
  );
  // The browser alone has noticed nothing.
  assert.match(seen[0][1], /^(connected|completed)$/);
  assert.ok(seen[0][2] - start < 6_500, `${seen[0][2] - start} ms`);
});

test('an action of Firefox reaches Chromium, is answered there, and carries bytes', PER_TEST, async () => {
  const [ada, bob] = [await join(fox, 'action'), await join(chrome, 'action')];
  await connected(ada, bob);
  await bob.run(() => globalThis.room.action('sum').respond((/** @type {number[]} */ [a, b]) => ({ sum: a + b })));
  const answer = await ada.run(() => globalThis.room.action('sum').request(globalThis.other(), [20, 22]));
  assert.deepEqual(answer, { sum: 42 });
  await bob.run(() =>
    globalThis.room
      .action('file')
      .addEventListener('message', (/** @type {any} */ { data, metadata }) =>
        Object.assign(globalThis, { got: [data.byteLength, new Uint8Array(data)[2], metadata.name] }),
      ),
  );
  await ada.run(() =>
    globalThis.room.action('file').send(new Blob(['abc']), { to: globalThis.other(), metadata: { name: 'a.txt' } }),
  );
  await bob.holds('globalThis.got');
  assert.deepEqual(await bob.run(() => globalThis.got), [3, 99, 'a.txt']);
});

test('what was taken before the other side left is not undelivered', PER_TEST, async () => {
  for (const [first, second] of [
    [chrome, fox],
    [fox, chrome],
  ]) {
    const room = `leaves-${first === chrome}`;
    const [ada, bob] = [await join(first, room), await join(second, room)];
    await connected(ada, bob);
    await bob.run(() =>
      globalThis.room.channel('chat').addEventListener('message', (/** @type {any} */ { data }) => {
        if (data === 'the last') {
          globalThis.room.leave();
        }
      }),
    );
    await ada.run(async () => {
      const channel = globalThis.other().channel('chat');
      const seen = /** @type {string[]} */ ([]);
      Object.assign(globalThis, { seen });
      channel.addEventListener('error', (/** @type {any} */ { error }) => seen.push(error.code));
      channel.addEventListener('close', () => seen.push('close'));
      await Promise.all([...Array(20).keys(), 'the last'].map((message) => channel.send(String(message))));
    });
    await ada.holds("seen.includes('close')");
    assert.deepEqual(await ada.run(() => globalThis.seen), ['close']);
  }
});

test('what was sent before we left arrives', PER_TEST, async () => {
  for (const [first, second] of [
    [chrome, fox],
    [fox, chrome],
  ]) {
    const room = `says-goodbye-${first === chrome}`;
    const [ada, bob] = [await join(first, room), await join(second, room)];
    await connected(ada, bob);
    await ada.run(() => {
      const got = /** @type {number[]} */ ([]);
      const seen = /** @type {number[]} */ ([]);
      Object.assign(globalThis, { got, seen });
      globalThis.room
        .channel('chat')
        .addEventListener('message', (/** @type {any} */ { data }) => got.push(new Uint32Array(data)[0]));
      globalThis.room.addEventListener('peerleave', () => seen.push(got.length));
    });
    await bob.run(async () => {
      const channel = globalThis.room.channel('chat');
      await Promise.all(Array.from({ length: 600 }, (_, i) => channel.send(new Uint32Array(1_000).fill(i))));
      globalThis.room.leave();
    });
    await ada.holds('seen.length > 0');
    assert.deepEqual(await ada.run(() => [globalThis.seen, globalThis.got]), [[600], [...Array(600).keys()]]);
  }
});
