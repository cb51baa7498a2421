import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { CHROMIUM, chromium, firefox } from '../browsers.js';
import { Network } from '../network.js';
import { startServer } from '../server.js';
import { stage } from '../stage.js';
import { Stream } from './stream.js';

/** @typedef {import('../browsers.js').Browser} Browser */
/** @typedef {{ name: string, other?: Browser }} Pair */

const PER_TEST = { timeout: 900_000 };
const REPEATS = Number(process.env.PEERHOST_REPEATS ?? 10);
const FLAGS = [
  ...Network.FLAGS,
  // All pages are at work, and only one is in front.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];
/** Milliseconds from one number to the next. */
const PACE = 50;

const network = Network.current;
const thither = await network.there(CHROMIUM);
const { server, there, here, fox } = await stage({
  server: startServer,
  there: () => chromium(thither, FLAGS),
  here: () => chromium(CHROMIUM, FLAGS),
  // Names of mDNS would not be resolved across the cable.
  fox: () => firefox({ 'media.peerconnection.ice.obfuscate_host_addresses': false }),
});
let rooms = 0;

/** @type {Pair[]} what goes through each fault at the same time */
const PAIRS = [
  { name: 'Chromium to Chromium', other: here },
  { name: 'Chromium to Firefox', other: fox },
  { name: 'Chromium to the Java peer and back' },
];

/**
 * @param {Pair[]} pairs
 * @param {object} [options] of joinRoom
 */
async function streams(pairs, options = {}) {
  const url = server.url.replace('localhost', Network.ADDRESS);
  const all = [];
  for (const { other } of pairs) {
    // One after the other: of two pages that a Chromium opens at once, one may never load.
    all.push(await Stream.open(url, `cut-${++rooms}`, there, other, options));
  }
  return all;
}

/**
 * Lets something happen to the network while numbers are streamed from beyond the cable.
 *
 * @param {Pair[]} pairs
 * @param {() => Promise<number>} fault gives the time from which on the network carries all again
 * @param {object} [options] of joinRoom
 * @returns {Promise<(number | undefined)[]>} for each pair milliseconds from then to the first number, undefined when none
 *   came; else all came, once each and in order, over the same channel, and nobody left
 */
async function through(pairs, fault, options) {
  const all = await streams(pairs, options);
  await Promise.all(all.map((stream) => stream.start(PACE)));
  const healed = await fault();
  const times = await Promise.all(all.map((stream) => stream.first(healed)));
  await Promise.all(all.map((stream, i) => times[i] !== undefined && stream.check()));
  await Promise.all(all.map((stream) => stream.close()));
  return times;
}

/**
 * @param {number} seconds
 * @param {string} what is cut
 */
const cut = (seconds, what) => async () => {
  await network.cut(what);
  await wait(seconds * 1_000);
  const lost = await network.heal();
  const healed = Date.now();
  assert.ok(lost > 20, `only ${lost} packets were lost in the cut`);
  return healed;
};

/** The other side goes over to another subnet in the middle of it, and back the next time. */
const move = async () => {
  await network.move();
  return Date.now();
};

const FAULTS = [
  { name: 'a cut of 5 s', fault: cut(5, Network.UDP), most: 1_200 },
  { name: 'a cut of 30 s', fault: cut(30, Network.UDP), most: 3_300 },
  { name: 'a cut of 30 s, of signaling too', fault: cut(30, Network.EVERYTHING), most: 10_000 },
  { name: 'another address in the middle of it', fault: move, most: 5_000 },
];

for (const { name, fault, most } of FAULTS) {
  test(`${name}, nothing lost`, PER_TEST, async (context) => {
    /** @type {number[][]} */
    const times = PAIRS.map(() => []);
    for (let i = 0; i < REPEATS; i++) {
      for (const [pair, time] of (await through(PAIRS, fault)).entries()) {
        times[pair].push(time ?? Number.POSITIVE_INFINITY);
      }
    }
    for (const [pair, all] of times.entries()) {
      all.sort((a, b) => a - b);
      const [median, worst] = [all[(REPEATS - 1) >> 1], all[REPEATS - 1]];
      context.diagnostic(
        `${PAIRS[pair].name}: first message ${median} ms after (median of ${REPEATS}), worst ${worst}`,
      );
    }
    assert.ok(
      times.every((all) => all[(REPEATS - 1) >> 1] <= most),
      times.join(' | '),
    );
  });
}

test('the control: without iceRestart a cut of 30 s is the end', PER_TEST, async () => {
  const times = await through(PAIRS.slice(0, 1), cut(30, Network.UDP), { iceRestart: false });
  assert.deepEqual(times, [undefined]);
});

const CUTS = 20;
const NUMBERS = 10_000;
/** Milliseconds. */
const SHORTEST = 300;
const LONGEST_CUT = 3_000;
const LONGEST_PAUSE = 3_500;

for (const rebuilds of [false, true]) {
  const name = rebuilds ? ', each time over a new connection' : '';
  test(`10,000 messages under 20 cuts come once each, in order${name}`, PER_TEST, async (context) => {
    const all = await streams(PAIRS);
    // For 100 s, which the cuts do not outlast: each is to lose some.
    await Promise.all(all.map((stream) => stream.start(PACE, 5, NUMBERS)));
    let packets = 0;
    for (let i = 0; i < CUTS; i++) {
      await wait(SHORTEST + Math.random() * (LONGEST_PAUSE - SHORTEST));
      await network.cut(Network.UDP);
      if (rebuilds) {
        await Promise.all(all.map((stream) => stream.rebuild(i)));
      }
      await wait(SHORTEST + Math.random() * (LONGEST_CUT - SHORTEST));
      const lost = await network.heal();
      assert.ok(lost > 0, `cut ${i} lost nothing`);
      packets += lost;
    }
    for (const stream of all) {
      await stream.sends(NUMBERS);
      await stream.check();
      await stream.close();
    }
    context.diagnostic(`${CUTS} cuts lost ${packets} packets and no message`);
  });
}
