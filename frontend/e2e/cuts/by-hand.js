import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { CHROMIUM, chromium, open } from '../browsers.js';
import { connectByHand, restartByHand, ufragOf } from '../by-hand.js';
import { Network } from '../network.js';
import { startServer } from '../server.js';
import { stage } from '../stage.js';

/** @typedef {import('../browsers.js').Browser} Browser */
/** @typedef {import('../browsers.js').Window} Window */

const PER_TEST = { timeout: 180_000 };
/** Longer than a browser waits before it calls a connection failed: none comes back by itself. */
const CUT_FOR = 40_000;
/** Milliseconds after the cut in which it is repaired, or is not at all. */
const PATIENCE = 45_000;

const network = Network.current;
// Chromium's candidates are the addresses of the default route; without one, a description has none to be carried.
execFileSync('ip', ['route', 'replace', 'default', 'dev', 'here']);
const thither = await network.there(CHROMIUM);
const { server, there, here } = await stage({
  server: startServer,
  there: () => chromium(thither, Network.FLAGS),
  here: () => chromium(CHROMIUM, Network.FLAGS),
});

/**
 * Two pages of the lab, connected by hand: A beyond the cable sends the numbers from 0, one every 50 ms, and B keeps them.
 *
 * @param {Browser} browser B's
 * @param {boolean} meets whether the offer has a rendezvous in it
 */
async function connected(browser, meets) {
  const url = `${server.url.replace('localhost', Network.ADDRESS)}/lab/`;
  const [a, b] = [await open(there, `${url}?role=a`), await open(browser, `${url}?role=b`)];
  if (!meets) {
    await a.click('#meet');
  }
  await connectByHand(a, b);
  await b.run(() => {
    /** @type {number[]} */
    const received = [];
    window.receiveChannel.addEventListener('message', ({ data }) => received.push(Number(data)));
    Object.assign(globalThis, { received, kept: [window.remoteConnection, window.receiveChannel] });
  });
  await a.run(() => {
    let sent = 0;
    const timer = setInterval(() => window.sendChannel.send(String(sent++)), 50);
    Object.assign(globalThis, {
      kept: [window.localConnection, window.sendChannel],
      stop: () => {
        clearInterval(timer);
        return sent;
      },
    });
  });
  await b.holds('received.length > 20');
  return [a, b];
}

/**
 * @param {Window} a
 * @param {string} what is cut, for long enough that both browsers give up
 * @param {() => Promise<void>} [meanwhile]
 */
async function cut(a, what, meanwhile = async () => {}) {
  await network.cut(what);
  await Promise.all([wait(CUT_FOR), meanwhile()]);
  assert.equal(await a.run(() => document.querySelector('#state')?.getAttribute('data-state')), 'reconnecting');
  const lost = await network.heal();
  assert.ok(lost > 20, `only ${lost} packets were lost in the cut`);
}

/**
 * It is repaired: all numbers came, once each and in order, over the same connection and channel.
 *
 * @param {Window} a
 * @param {Window} b
 * @returns {Promise<number>} milliseconds until something came
 */
async function repaired(a, b) {
  const start = Date.now();
  const before = await b.run(() => /** @type {any} */ (globalThis).received.length);
  const came = () => b.run(() => /** @type {any} */ (globalThis).received.length);
  while ((await came()) === before && Date.now() - start < PATIENCE) {
    await wait(100);
  }
  const took = Date.now() - start;
  const sent = await a.run(() => /** @type {any} */ (globalThis).stop());
  while ((await came()) < sent && Date.now() - start < PATIENCE) {
    await wait(100);
  }
  assert.equal(await came(), sent, `${await storyOf(a)}\n${await storyOf(b)}`);
  await a.read('#repair', 'Repaired after');
  assert.deepEqual(
    await b.run(() => /** @type {any} */ (globalThis).received),
    Array.from({ length: sent }, (_, number) => number),
  );
  assert.ok(await a.run(() => kept[0] === window.localConnection && kept[1] === window.sendChannel));
  assert.ok(await b.run(() => kept[0] === window.remoteConnection && kept[1] === window.receiveChannel));
  return took;
}

/** @param {Window} page @returns {Promise<string>} what it has shown of its connection */
const storyOf = (page) =>
  page.run(() => ['#repair', '#timeline'].map((id) => document.querySelector(id)?.textContent).join('\n'));

for (const [how, what] of [
  ['with the server in reach', Network.UDP],
  ['of the server too', Network.EVERYTHING],
]) {
  test(`two windows of Chromium meet over the server after a cut, ${how}`, PER_TEST, async (context) => {
    const [a, b] = await connected(here, true);
    await cut(a, what);
    context.diagnostic(`${await repaired(a, b)} ms from the end of the cut to the first message`);
  });
}

test('they are repaired by hand when there is no rendezvous', PER_TEST, async (context) => {
  const [a, b] = await connected(here, false);
  const before = await ufragOf(a, 'localConnection');
  await cut(a, Network.UDP);
  assert.equal(await a.run(() => window.localConnection.signalingState), 'have-local-offer');
  await restartByHand(a, b, before);
  context.diagnostic(`${await repaired(a, b)} ms from the answer to the first message`);
});

test('the control: without a rendezvous, and with nothing carried, they do not come back', PER_TEST, async () => {
  const [a, b] = await connected(here, false);
  await cut(a, Network.UDP);
  await staysBroken(a, b);
});

/**
 * @param {Window} a
 * @param {Window} b
 */
async function staysBroken(a, b) {
  const came = () => b.run(() => /** @type {any} */ (globalThis).received.length);
  const before = await came();
  await wait(PATIENCE);
  assert.equal(await came(), before);
  assert.notEqual(await a.run(() => window.localConnection.connectionState), 'connected');
}
