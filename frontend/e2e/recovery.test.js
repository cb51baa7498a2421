import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, firefox } from './browsers.js';
import { member } from './member.js';
import { startServer } from './server.js';
import { stage } from './stage.js';

/** @typedef {import('./browsers.js').Browser} Browser */
/** @typedef {import('./browsers.js').Window} Window */

const PER_TEST = { timeout: 1_800_000 };
/** At night as many as the promise is about. */
const ROUNDS = Number(process.env.PEERHOST_ROUNDS ?? (process.env.PEERHOST_NIGHTLY ? 200 : 10));
/** Milliseconds from one round to the next restart; for 1.5 s the library looks whether the one before was of use. */
const APART = 2_000;
/** What the library lets pass between two restarts, twice: where a round has two, the second waits for as long. */
const RESTARTS_APART = 2_200;
/** Milliseconds from the first of two restarts to the connection, and to a message both ways. */
const MOST = 3_000;
/** Rounds in which the message may take longer, none where the promise is tested, and how long. */
const SLOW = process.env.PEERHOST_NIGHTLY ? 0 : 1;
const THROUGH_MOST = 8_000;
/** And after which it is not waited for any more. */
const THROUGH_WITHIN = 20_000;

const { server, fox, chrome } = await stage({ server: startServer, fox: firefox, chrome: chromium });

/**
 * Two members of a room, each with a channel to the other.
 *
 * @param {string} room
 * @param {Browser[]} browsers
 */
async function pair(room, ...browsers) {
  /** @type {Window[]} */
  const windows = [];
  for (const browser of browsers) {
    windows.push(await member(browser, server.url, room));
  }
  await Promise.all(windows.map((window) => speak(window, false)));
  return windows;
}

/**
 * A member of a room with a channel to the Java peer.
 *
 * @param {string} room
 * @param {Browser} browser
 */
async function alone(room, browser) {
  const window = await member(browser, server.url, room);
  await speak(window, true);
  return window;
}

/**
 * Opens a channel and waits for it. The page then has `peer`, `channel`, `seen` (messages and changes of state), `refused`
 * (what could not be applied), `ufrag()`, which names a generation of ICE, `settled()`, and `connection`, the first.
 *
 * @param {Window} window
 * @param {boolean} toServer
 */
async function speak(window, toServer) {
  await window.run(async (wantsServer) => {
    const peer = wantsServer ? room.server : await met();
    const channel = peer.channel(wantsServer ? 'echo' : 'chat');
    /** @type {string[]} */
    const seen = [];
    channel.addEventListener('message', (/** @type {MessageEvent} */ { data }) => seen.push(data));
    for (const type of ['close', 'error']) {
      channel.addEventListener(type, () => seen.push(type));
    }
    const ufrag = () => /ice-ufrag:(\S+)/.exec(peer.connection.localDescription?.sdp ?? '')?.[1];
    const settled = () =>
      peer.state === 'connected' &&
      peer.connection.signalingState === 'stable' &&
      ['connected', 'completed'].includes(peer.connection.iceConnectionState);
    /** @type {string[]} */
    const refused = [];
    peer.addEventListener('error', (/** @type {any} */ { error }) => refused.push(error.message));
    Object.assign(globalThis, { peer, channel, seen, refused, ufrag, settled, connection: peer.connection });
  }, toServer);
  await window.holds('channel.readyState === "open" && settled()');
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
 * @throws {Error} when it does not come
 */
async function getThrough(from, to, text) {
  for (const end = Date.now() + THROUGH_WITHIN; Date.now() < end; ) {
    // Itself it waits for as long as the channel is not open.
    await Promise.race([say(from, text), wait(end - Date.now())]);
    if (await to.run(arrives, text)) {
      return;
    }
  }
  assert.fail(`"${text}" did not come within ${THROUGH_WITHIN} ms, however often it was said`);
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

/** @param {number[]} times */
function of(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return `median ${sorted[ROUNDS >> 1]} ms, worst ${sorted[ROUNDS - 1]} ms`;
}

/**
 * @param {import('node:test').TestContext} context
 * @param {Window[]} windows in one room
 */
async function glare(context, windows) {
  const [ada, bob] = windows;
  /** @type {number[]} */
  const connected = [];
  /** @type {number[]} */
  const through = [];
  let rebuilt = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await wait(APART);
    for (const window of windows) {
      await window.holds('settled()');
    }
    const start = Date.now();
    await Promise.all(windows.map(restart));
    for (const window of windows) {
      await window.holds('settled() && ufrag() !== before');
    }
    connected.push(Date.now() - start);
    await getThrough(ada, bob, `from Ada ${round}`);
    await getThrough(bob, ada, `from Bob ${round}`);
    through.push(Date.now() - start);
    // One that is not lost: SCTP's retransmissions would come later from round to round (RFC 9260 section 6.3.1, C5 and C7).
    await getThrough(ada, bob, `to Bob ${round}`);
    await getThrough(bob, ada, `to Ada ${round}`);
    rebuilt += (await ada.run(isRebuilt)) ? 1 : 0;
  }
  context.diagnostic(`${ROUNDS} glares: ${of(connected)}, both ways ${of(through)}; ${rebuilt} new connections`);
  assert.ok(Math.max(...connected) <= MOST, connected.join());
  // Of Firefox and Chromium about one in a hundred takes 6.6 s, and it is not known why (bench/README.md, `recovery`).
  assert.ok(Math.max(...through) <= THROUGH_MOST, through.join());
  assert.ok(through.filter((ms) => ms > MOST).length <= SLOW, through.join());
  for (const window of windows) {
    const seen = await window.run(() => /** @type {any} */ (globalThis).seen);
    assert.ok(!seen.includes('close') && !seen.includes('error'), seen.join());
  }
}

test('Firefox and Chromium restart ICE at once, again and again: one peer, one channel', PER_TEST, async (context) => {
  await glare(context, await pair('mixed', fox, chrome));
});

test('two windows of Chromium do so too', PER_TEST, async (context) => {
  await glare(context, await pair('alike', chrome, chrome));
});

/** Whether the connection is another one than when it was last asked. */
function isRebuilt() {
  const { peer, connection } = /** @type {any} */ (globalThis);
  Object.assign(globalThis, { connection: peer.connection });
  return peer.connection !== connection;
}

test('each browser takes a restart by the one that did not make the first offer', PER_TEST, async () => {
  for (const [index, [answers, offers]] of [
    [fox, chrome],
    [chrome, fox],
  ].entries()) {
    const windows = await pair(`roles-${index}`, answers, offers);
    await windows[1].run(() => Object.assign(globalThis, { before: /** @type {any} */ (globalThis).ufrag() }) && 0);
    await restart(windows[0]);
    for (const window of windows) {
      await window.holds('settled() && ufrag() !== before');
      assert.deepEqual(await window.run(() => /** @type {any} */ (globalThis).refused), []);
    }
    assert.equal(await say(windows[0]), true);
    await windows[1].holds('seen.at(-1) === "hello"');
  }
});

test('browsers go over to a new connection, whoever begins, and keep the channel', PER_TEST, async () => {
  const windows = await pair('rebuild', fox, chrome);
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

/** Who begins two restarts: the library, which makes the offer itself, or the application, past it. */
const BEGINNERS = ['library', 'application'].flatMap((first) =>
  ['library', 'application'].map((second) => [first, second]),
);

/**
 * Restarts ICE twice within 50 ms: with the Java peer, which never offers, that is all the glare there can be.
 *
 * @param {Window} window
 * @param {string[]} beginners
 */
const restartTwice = (window, beginners) =>
  window.run(
    async ([first, second], delay) => {
      const { peer, ufrag } = /** @type {any} */ (globalThis);
      Object.assign(globalThis, { before: ufrag() });
      const begin = (/** @type {string} */ who) => (who === 'library' ? peer : peer.connection).restartIce();
      begin(first);
      await new Promise((resolve) => setTimeout(resolve, delay));
      begin(second);
    },
    beginners,
    Math.floor(Math.random() * 50),
  );

/**
 * @param {import('node:test').TestContext} context
 * @param {Window} window with a channel to the Java peer
 */
async function followed(context, window) {
  /** @type {number[]} */
  const through = [];
  for (let round = 0; round < ROUNDS; round++) {
    await wait(RESTARTS_APART);
    const start = Date.now();
    await restartTwice(window, BEGINNERS[round % BEGINNERS.length]);
    await window.holds('settled() && ufrag() !== before');
    assert.equal(await say(window, `echo ${round}`), true);
    await window.holds(`seen.at(-1) === "echo ${round}"`);
    through.push(Date.now() - start);
    await say(window, `again ${round}`);
    await window.holds(`seen.at(-1) === "again ${round}"`);
  }
  context.diagnostic(`${ROUNDS} times two restarts, echo after: ${of(through)}`);
  assert.ok(Math.max(...through) <= MOST, through.join());
  await window.run(() => /** @type {any} */ (globalThis).peer.path.rebuild());
  await window.holds('peer.connection !== connection && settled()');
  assert.equal(await say(window, 'after all'), false);
  await window.holds('seen.at(-1) === "after all"');
  assert.equal(await window.run(() => /** @type {any} */ (globalThis).seen.length), 2 * ROUNDS + 1);
}

test(
  'the Java peer follows restarts of ICE by Firefox and a new connection, on the same channel',
  PER_TEST,
  async (context) => followed(context, await alone('java-fox', fox)),
);

test('and by Chromium', PER_TEST, async (context) => followed(context, await alone('java-chrome', chrome)));
