import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, firefox, open } from './browsers.js';
import { startServer } from './server.js';

/** @typedef {import('./browsers.js').Browser} Browser */
/** @typedef {import('./browsers.js').Window} Window */

const PER_TEST = { timeout: 1_800_000 };
/** At night as many as the promise is about. */
const ROUNDS = process.env.PEERHOST_NIGHTLY ? 200 : 4;
/** Milliseconds from one restart to the next. */
const APART = 1_100;

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
 * A page in a room with a channel to whoever is there, or to the server's own peer: `peer`, `channel`, `seen` (messages and
 * changes of state) and `settled(ufrag)`, which waits for another generation of ICE than that.
 *
 * @param {Browser} browser
 * @param {string} room
 * @param {boolean} toServer
 */
async function join(browser, room, toServer) {
  const window = await open(browser, `${server.url}/404`);
  await window.run(
    async (name, wantsServer) => {
      const { joinRoom } = await import('/__/peerhost/peerhost.js');
      const joined = await joinRoom(name);
      /** @type {string[]} */
      const seen = [];
      /** @param {import('../lib/peer.js').Peer} peer */
      const use = (peer) => {
        const channel = peer.channel(wantsServer ? 'echo' : 'chat');
        channel.addEventListener('message', ({ data }) => seen.push(data));
        for (const type of /** @type {const} */ (['close', 'error'])) {
          channel.addEventListener(type, () => seen.push(type));
        }
        const ufrag = () => /ice-ufrag:(\S+)/.exec(peer.connection.localDescription?.sdp ?? '')?.[1];
        const settled = () =>
          peer.state === 'connected' &&
          peer.connection.signalingState === 'stable' &&
          ['connected', 'completed'].includes(peer.connection.iceConnectionState);
        Object.assign(globalThis, { peer, channel, seen, ufrag, settled, connection: peer.connection });
      };
      joined.addEventListener('peerjoin', ({ peer }) => use(peer));
      for (const peer of wantsServer && joined.server ? [joined.server] : joined.peers.values()) {
        use(peer);
      }
    },
    room,
    toServer,
  );
  return window;
}

/** @param {Window} window restarts ICE from here, after a while */
const restart = (window) =>
  window.run(
    async (delay) => {
      const { peer, ufrag } = /** @type {any} */ (globalThis);
      Object.assign(globalThis, { before: ufrag() });
      await new Promise((resolve) => setTimeout(resolve, delay));
      peer.restartIce();
    },
    Math.floor(Math.random() * 50),
  );

/** @param {Window} window says something, and whether the connection is the first */
const say = (window, text = 'hello') =>
  window.run(async (what) => {
    const { peer, channel, connection } = /** @type {any} */ (globalThis);
    await channel.send(what);
    return peer.connection === connection && peer.channel(channel.label) === channel;
  }, text);

/**
 * Says something until it has come: Firefox's DTLS fails in some restarts, and what was on its way goes with it.
 *
 * @param {Window} from
 * @param {Window} to
 * @param {string} text
 */
async function getThrough(from, to, text) {
  for (;;) {
    await say(from, text);
    if (await to.run(arrives, text)) {
      return;
    }
  }
}

/** @param {string} text whether it comes within a moment */
const arrives = (text) =>
  new Promise((resolve) => {
    const { channel, seen } = /** @type {any} */ (globalThis);
    const end = () => resolve(seen.includes(text));
    setTimeout(end, 300);
    channel.addEventListener('message', () => seen.includes(text) && end());
    if (seen.includes(text)) {
      end();
    }
  });

/**
 * @param {import('node:test').TestContext} context
 * @param {Browser[]} browsers
 */
async function glare(context, browsers) {
  const room = `glare-${browsers.indexOf(chrome)}`;
  const windows = [await join(browsers[0], room, false), await join(browsers[1], room, false)];
  const [ada, bob] = windows;
  for (const window of windows) {
    await window.holds('globalThis.channel?.readyState === "open" && settled()');
  }
  /** @type {number[]} */
  const connected = [];
  /** @type {number[]} */
  const through = [];
  let rebuilt = 0;
  for (let round = 0; round < ROUNDS; round++) {
    // The library restarts at most once a second.
    await wait(APART);
    const start = Date.now();
    await Promise.all(windows.map(restart));
    for (const window of windows) {
      await window.holds('settled() && ufrag() !== before');
    }
    connected.push(Date.now() - start);
    await getThrough(ada, bob, `from Ada ${round}`);
    await getThrough(bob, ada, `from Bob ${round}`);
    through.push(Date.now() - start);
    rebuilt += (await ada.run(isRebuilt)) ? 1 : 0;
  }
  const of = (/** @type {number[]} */ times) => {
    const sorted = [...times].sort((a, b) => a - b);
    return `median ${sorted[ROUNDS >> 1]} ms, worst ${sorted[ROUNDS - 1]} ms`;
  };
  context.diagnostic(`${ROUNDS} glares: ${of(connected)}, both ways ${of(through)}; ${rebuilt} new connections`);
  assert.ok(Math.max(...connected) < 3_000, connected.join());
  for (const window of windows) {
    const seen = await window.run(() => /** @type {any} */ (globalThis).seen);
    assert.ok(!seen.includes('close') && !seen.includes('error'), seen.join());
  }
}

test('Firefox and Chromium restart ICE at once, again and again: one peer, one channel', PER_TEST, (context) =>
  glare(context, [fox, chrome]),
);

test('two windows of Chromium do so too', PER_TEST, (context) => glare(context, [chrome, chrome]));

/** Whether the connection is another one than when it was last asked. */
function isRebuilt() {
  const { peer, connection } = /** @type {any} */ (globalThis);
  Object.assign(globalThis, { connection: peer.connection });
  return peer.connection !== connection;
}

test('browsers go over to a new connection, whoever begins, and keep the channel', PER_TEST, async () => {
  const windows = [await join(fox, 'rebuild', false), await join(chrome, 'rebuild', false)];
  for (const window of windows) {
    await window.holds('globalThis.channel?.readyState === "open" && settled()');
  }
  for (const [from, to] of [windows, [...windows].reverse()]) {
    await from.run(() => /** @type {any} */ (globalThis).peer.path.rebuild());
    for (const window of windows) {
      await window.holds('peer.connection !== connection && settled() && channel.wire?.readyState === "open"');
      await window.run(
        () => Object.assign(globalThis, { connection: /** @type {any} */ (globalThis).peer.connection }) && 0,
      );
    }
    assert.equal(await say(from), true);
    await to.holds('seen.at(-1) === "hello"');
  }
  for (const window of windows) {
    assert.deepEqual(await window.run(() => /** @type {any} */ (globalThis).seen), ['hello']);
  }
});

test('the Java peer follows a restart of ICE and a new connection, on the same channel', PER_TEST, async () => {
  for (const browser of [fox, chrome]) {
    const window = await join(browser, 'java', true);
    await window.holds('globalThis.channel?.readyState === "open" && settled()');
    for (let round = 0; round < 5; round++) {
      await wait(APART);
      await restart(window);
      await window.holds('settled() && ufrag() !== before');
      assert.equal(await say(window, `echo ${round}`), true);
      await window.holds(`seen.at(-1) === "echo ${round}"`);
    }
    await window.run(() => /** @type {any} */ (globalThis).peer.path.rebuild());
    await window.holds('peer.connection !== connection && settled()');
    assert.equal(await say(window, 'after all'), false);
    await window.holds('seen.at(-1) === "after all"');
    assert.equal(await window.run(() => /** @type {any} */ (globalThis).seen.length), 6);
  }
});
