import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromium, firefox } from './browsers.js';
import { member } from './member.js';
import { startServer } from './server.js';
import { stage } from './stage.js';

/** @typedef {import('./browsers.js').Window} Window */

const PER_TEST = { timeout: 120_000 };

const { server, ...browsers } = await stage({ server: startServer, Firefox: firefox, Chromium: chromium });

/**
 * @param {'Firefox' | 'Chromium'} browser
 * @param {string} room
 */
const join = (browser, room) => member(browsers[browser], server.url, room);

/**
 * What a page sends and gets back on a channel: messages of 20 MiB of every kind, small ones behind them, one given up.
 *
 * @param {Window} window
 * @param {'server' | 'browser'} kind
 */
function exchange(window, kind) {
  return window.run(async (whom) => {
    const peer = whom === 'server' ? room.server : other();
    const channel = peer.channel('echo');
    /** @type {any[]} */
    const got = [];
    let wanted = 0;
    let seen = 0;
    channel.addEventListener('message', (/** @type {any} */ { data }) => got.push(data));
    channel.addEventListener('progress', () => seen++);
    const comes = async () => {
      wanted++;
      const end = Date.now() + 60_000;
      while (got.length < wanted && Date.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return got[wanted - 1];
    };
    const bytes = new Uint8Array(20 * 1_048_576).map((_, i) => i % 251);
    const same = (/** @type {ArrayBuffer} */ data) => {
      const view = new Uint8Array(data);
      return view.length === bytes.length && view.every((byte, i) => byte === bytes[i]);
    };
    /** @type {number[]} */
    const told = [];
    const large = channel.send(bytes, { progress: (/** @type {number} */ loaded) => told.push(loaded) });
    await channel.send('small');
    const overtaken = await comes();
    await large;
    const buffer = same(await comes());
    channel.binaryType = 'blob';
    await channel.send(new Blob([bytes]));
    const asBlob = await comes();
    const blob = asBlob instanceof Blob && same(await asBlob.arrayBuffer());
    const text = 'ä€😀'.repeat(2_500_000);
    await channel.send(text);
    const string = (await comes()) === text;
    const stop = new AbortController();
    const given = channel.send(new Blob([bytes]), {
      signal: stop.signal,
      progress: (/** @type {number} */ loaded) => loaded > 1_000_000 && stop.abort(),
    });
    const aborted = await given.catch((/** @type {any} */ error) => error.code);
    await channel.send('after');
    const next = await comes();
    return { overtaken, buffer, blob, string, aborted, next, progress: told.length > 300 && seen > 300 };
  }, kind);
}

const RIGHT = {
  ...{ overtaken: 'small', buffer: true, blob: true, string: true },
  ...{ aborted: 'ABORTED', next: 'after', progress: true },
};

for (const browser of /** @type {const} */ (['Firefox', 'Chromium'])) {
  test(`${browser} gets messages of 20 MiB back from the Java peer`, PER_TEST, async () => {
    assert.deepEqual(await exchange(await join(browser, `java-${browser}`), 'server'), RIGHT);
  });
}

for (const [first, second] of /** @type {const} */ ([
  ['Firefox', 'Chromium'],
  ['Chromium', 'Chromium'],
])) {
  test(`${second} gets messages of 20 MiB back from ${first}`, PER_TEST, async () => {
    const name = `pair-${first}-${second}`;
    const there = await join(first, name);
    await there.run(() => {
      const all = room.channel('echo');
      all.addEventListener('message', (/** @type {any} */ { peer, data }) => all.channels.get(peer.id).send(data));
    });
    assert.deepEqual(await exchange(await join(second, name), 'browser'), RIGHT);
  });
}

test('10,000 messages to the Java peer over four connections come back once each, in order', PER_TEST, async () => {
  const window = await join('Chromium', 'rebuilt');
  const [order, connections] = await window.run(async () => {
    const peer = room.server;
    const channel = peer.channel('echo');
    /** @type {string[]} */
    const got = [];
    channel.addEventListener('message', (/** @type {any} */ { data }) => got.push(data));
    const used = new Set();
    for (let i = 0; i < 10_000; i++) {
      used.add(peer.connection);
      if (i % 2_500 === 2_000) {
        peer.path.rebuild();
      }
      await channel.send(String(i));
    }
    const end = Date.now() + 30_000;
    while (got.length < 10_000 && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return [got.length === 10_000 && got.every((text, i) => text === String(i)), used.size];
  });
  assert.deepEqual([order, connections], [true, 5]);
});
