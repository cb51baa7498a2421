import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { CHROMIUM, chromium, firefox, open } from '../browsers.js';
import { connectByHand, restartByHand, ufragOf } from '../by-hand.js';
import { Network } from '../network.js';
import { startServer } from '../server.js';
import { stage } from '../stage.js';

/** @typedef {import('../browsers.js').Browser} Browser */
/** @typedef {import('../browsers.js').Window} Window */

const PER_TEST = { timeout: 180_000 };
/** Longer than a browser waits before it calls a connection failed: none comes back by itself. */
const CUT_FOR = 40_000;
/** Milliseconds from one number to the next: fewer in all than a page keeps to send again. */
const PACE = 100;
/** Milliseconds after the cut in which it is repaired, or is not at all. */
const PATIENCE = 45_000;

const network = Network.current;
// Chromium's candidates are the addresses of the default route; without one, a description has none to be carried.
execFileSync('ip', ['route', 'replace', 'default', 'dev', 'here']);
const thither = await network.there(CHROMIUM);
// Names of mDNS would not be resolved across the cable.
const PREFERENCES = { 'media.peerconnection.ice.obfuscate_host_addresses': false };
const { server, there, here, fox, vixen } = await stage({
  server: startServer,
  there: () => chromium(thither, Network.FLAGS),
  here: () => chromium(CHROMIUM, Network.FLAGS),
  fox: () => firefox(PREFERENCES),
  vixen: () => firefox(PREFERENCES),
});

/** The names of the two, and how to cut what is between them. */
const CHROMIUMS = { name: 'Chromium calls Chromium', browsers: [there, here] };
const TO_FIREFOX = { name: 'Chromium calls Firefox', browsers: [there, fox] };
const FROM_FIREFOX = { name: 'Firefox calls Chromium', browsers: [fox, there] };
const FIREFOXES = { name: 'Firefox calls Firefox, on one machine', browsers: [fox, vixen] };

/** @typedef {typeof CHROMIUMS} Pair */

const UDP = {
  name: 'of UDP alone',
  cable: Network.UDP,
  here: [Network.UDP],
};
const EVERYTHING = {
  name: 'of UDP and the server',
  cable: Network.EVERYTHING,
  // Not the way to the browsers themselves.
  here: [Network.UDP, `tcp dport ${server.port}`, `tcp sport ${server.port}`],
};

/**
 * Two pages of the lab, connected by hand: A sends the numbers from 0, and B shows them. What a channel does
 * not take, since it is closed or not open yet, A gives to the next one.
 *
 * @param {Pair} pair
 * @param {boolean} meets whether the offer has a rendezvous in it
 */
async function connected({ browsers }, meets) {
  const url = `${server.url.replace('localhost', Network.ADDRESS)}/lab/`;
  const [a, b] = [await open(browsers[0], `${url}?role=a`), await open(browsers[1], `${url}?role=b`)];
  if (!meets) {
    await a.click('#meet');
  }
  await connectByHand(a, b);
  await b.run(() => {
    /** @type {number[]} */
    const received = [];
    const log = /** @type {Element} */ (document.querySelector('#log'));
    const keep = (/** @type {NodeList} */ nodes) => {
      for (const node of nodes) {
        const item = /** @type {HTMLElement} */ (node);
        if (item.dataset.from === 'peer') {
          received.push(Number(item.querySelector('.text')?.textContent));
        }
      }
    };
    keep(log.childNodes);
    new MutationObserver((records) => records.map(({ addedNodes }) => keep(addedNodes))).observe(log, {
      childList: true,
    });
    Object.assign(globalThis, { received, kept: [window.remoteConnection, window.receiveChannel] });
  });
  await a.run((pace) => {
    let sent = 0;
    const timer = setInterval(() => {
      if (window.sendChannel.readyState === 'open') {
        window.sendChannel.send(String(sent++));
      }
    }, pace);
    Object.assign(globalThis, {
      kept: [window.localConnection, window.sendChannel],
      stop: () => {
        clearInterval(timer);
        return sent;
      },
    });
  }, PACE);
  await b.holds('received.length > 20');
  return [a, b];
}

/**
 * @param {Pair} pair
 * @param {Window} a
 * @param {typeof UDP} what is cut, for long enough that both browsers give up
 * @param {string} [state] that A's page shows then
 */
async function cut({ browsers }, a, what, state = 'reconnecting') {
  await (browsers.includes(there) ? network.cut(what.cable) : network.cutHere(...what.here));
  await wait(CUT_FOR);
  assert.equal(await a.run(() => document.querySelector('#state')?.getAttribute('data-state')), state);
  const lost = await network.heal();
  assert.ok(lost > 20, `only ${lost} packets were lost in the cut`);
}

/**
 * It is repaired: all numbers came, once each and in order.
 *
 * @param {Window} a
 * @param {Window} b
 * @param {string} [told] what A's page says then
 * @returns {Promise<{ took: number, isNew: boolean }>} milliseconds until something came, and whether over another connection
 */
async function repaired(a, b, told = 'Repaired after') {
  const start = Date.now();
  const came = () => b.run(() => /** @type {any} */ (globalThis).received.length);
  const before = await came();
  while ((await came()) === before && Date.now() - start < PATIENCE) {
    await wait(100);
  }
  const took = Date.now() - start;
  const sent = await a.run(() => /** @type {any} */ (globalThis).stop());
  while ((await came()) < sent && Date.now() - start < PATIENCE) {
    await wait(100);
  }
  assert.equal(await came(), sent, `${await storyOf(a)}\n${await storyOf(b)}`);
  await a.read('#repair', told);
  assert.deepEqual(
    await b.run(() => /** @type {any} */ (globalThis).received),
    Array.from({ length: sent }, (_, number) => number),
  );
  await b.say('It goes on.');
  await a.read('#log li[data-from=peer]', 'It goes on.');
  const [isNew, isNewToo] = [
    await a.run(() => kept[0] !== window.localConnection || kept[1] !== window.sendChannel),
    await b.run(() => kept[0] !== window.remoteConnection || kept[1] !== window.receiveChannel),
  ];
  assert.equal(isNew, isNewToo);
  for (const page of [a, b]) {
    assert.equal(await page.run(() => document.querySelectorAll('#log [data-from=page]').length), isNew ? 1 : 0);
  }
  return { took, isNew };
}

/** @param {Window} page @returns {Promise<string>} what it has shown of its connection */
const storyOf = (page) =>
  page.run(() =>
    ['#state', '#repair', '#error', '#timeline'].map((id) => document.querySelector(id)?.textContent).join('\n'),
  );

for (const [pair, isNew] of /** @type {[Pair, boolean][]} */ ([
  [CHROMIUMS, false],
  [TO_FIREFOX, true],
  [FROM_FIREFOX, true],
  [FIREFOXES, true],
])) {
  for (const what of [UDP, EVERYTHING]) {
    test(`over the server, after a cut ${what.name}: ${pair.name}`, PER_TEST, async (context) => {
      const [a, b] = await connected(pair, true);
      await cut(pair, a, what);
      const outcome = await repaired(a, b);
      assert.equal(outcome.isNew, isNew);
      context.diagnostic(`${outcome.took} ms from the end of the cut to the first message`);
      await Promise.all([a.close(), b.close()]);
    });
  }
}

test('they are repaired by hand when there is no rendezvous', PER_TEST, async (context) => {
  const [a, b] = await connected(CHROMIUMS, false);
  const before = await ufragOf(a, 'localConnection');
  await cut(CHROMIUMS, a, UDP);
  assert.equal(await a.run(() => window.localConnection.signalingState), 'have-local-offer');
  await restartByHand(a, b, before);
  const { took, isNew } = await repaired(a, b);
  assert.equal(isNew, false);
  context.diagnostic(`${took} ms from the answer to the first message`);
});

test('so is a connection that a calling Firefox has given up: its page prints another offer', PER_TEST, async () => {
  const [a, b] = await connected(FROM_FIREFOX, false);
  const before = await ufragOf(a, 'localConnection');
  await cut(FROM_FIREFOX, a, UDP);
  await a.read('#repair', 'that of a new connection');
  await restartByHand(a, b, before);
  assert.equal((await repaired(a, b)).isNew, true);
});

test('and one that a called Firefox has given up: its page asks for another offer', PER_TEST, async () => {
  const [a, b] = await connected(TO_FIREFOX, false);
  await cut(TO_FIREFOX, a, UDP);
  await b.read('#repair', 'if client A’s page has none, press “Create the offer” there');
  await b.paste('#remote-description', await a.description('offer'));
  await b.click('#accept');
  await b.read('#error', 'this browser has given that up');
  await connectByHand(a, b);
  assert.equal((await repaired(a, b, 'Ready')).isNew, true);
});

test('the control: without a rendezvous, and with nothing carried, they do not come back', PER_TEST, async () => {
  const [a, b] = await connected(CHROMIUMS, false);
  await cut(CHROMIUMS, a, UDP);
  await staysBroken(a, b);
});

test('and of pages that know of no other repair than a restart of ICE, Firefox does not', PER_TEST, async () => {
  const [a, b] = await connected(FROM_FIREFOX, true);
  for (const page of [a, b]) {
    await page.run(() => {
      Object.defineProperty(RTCDtlsTransport.prototype, 'state', { get: () => 'connected' });
    });
  }
  await cut(FROM_FIREFOX, a, UDP, 'closed');
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
