import { equal, Inbox, opened, soon } from '../await.js';
import { Seat } from '../seat.js';

/** @typedef {import('../rows.js').Row} Row */
/** @typedef {import('../visit.js').Visit} Visit */

/** @param {RTCSessionDescription | null} description */
const ufrag = (description) => /^a=ice-ufrag:(.*)$/m.exec(description?.sdp ?? '')?.[1];

/**
 * @param {RTCPeerConnection} pc
 * @returns {Promise<string | undefined>} the id of the pair of candidates that it sends on
 */
async function selectedPair(pc) {
  const transports = [...(await pc.getStats()).values()].filter(({ type }) => type === 'transport');
  return transports.find(({ selectedCandidatePairId }) => selectedCandidatePairId)?.selectedCandidatePairId;
}

/**
 * Waits for the pair of a new ICE session; no event of all browsers tells of it.
 *
 * @param {RTCPeerConnection} pc
 * @param {string | undefined} before the pair of the session before
 */
async function anotherPair(pc, before) {
  const change = async () => {
    for (let now = before; now === before || !now; now = await selectedPair(pc)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  await soon(change(), 'another pair of candidates');
}

/**
 * Restarts ICE so many times, with a message before, after each step and at the end. The next restart waits for the one
 * before: Firefox gives DTLS up when it has something to send and no pair, which a hasty second restart takes from it.
 *
 * @param {Visit} visit
 * @param {number} times
 */
async function restarts(visit, times) {
  const channel = visit.channel('echo');
  const inbox = new Inbox(channel);
  const seat = await Seat.connect(visit);
  const sent = ['before'];
  channel.send('before');
  for (let i = 1; i <= times; i++) {
    const pair = await selectedPair(visit.pc);
    const [mine, theirs] = [ufrag(visit.pc.localDescription), ufrag(visit.pc.remoteDescription)];
    await seat.negotiate({ iceRestart: true }, (step) => {
      sent.push(`${step} ${i}`);
      channel.send(`${step} ${i}`);
    });
    equal(
      'new credentials',
      [mine !== ufrag(visit.pc.localDescription), theirs !== ufrag(visit.pc.remoteDescription)],
      [true, true],
    );
    sent.push(`after ${i}`);
    channel.send(`after ${i}`);
    await inbox.until(sent.length);
    await anotherPair(visit.pc, pair);
  }
  equal('the echo', inbox.messages, sent);
  const shown = await visit.shown({ events: 1 + sent.length });
  equal(
    'the Java peer',
    shown.map(({ calls }) => calls.map(({ text }) => text)),
    [sent],
  );
  seat.assertNothingRefused();
}

/** @type {Row[]} */
export const restart = [
  {
    step: 'restarts ICE and sends before, after each step, and after',
    java: 'one channel with all messages in order, and new credentials in its answer',
    run: (visit) => restarts(visit, 1),
  },
  {
    step: 'restarts ICE three times',
    java: 'the same each time',
    run: (visit) => restarts(visit, 3),
  },
  {
    step: 'restarts ICE while 8 MiB are under way',
    java: 'every message in order',
    async run(visit) {
      const channel = visit.channel();
      const seat = await Seat.connect(visit);
      for (let i = 0; i < 512; i++) {
        channel.send(`${i}`.padEnd(16_384, '.'));
      }
      await seat.negotiate({ iceRestart: true });
      const [{ calls }] = await visit.shown({ events: 513 });
      const sizes = calls.map(({ size }) => size);
      equal('the Java peer', [sizes.length, new Set(sizes).size], [512, 1]);
    },
  },
  {
    step: 'opens a channel while ICE restarts',
    java: 'an open, and its messages',
    async run(visit) {
      visit.channel('echo');
      const seat = await Seat.connect(visit);
      /** @type {RTCDataChannel | undefined} */
      let second;
      await seat.negotiate({ iceRestart: true }, (step) => {
        if (step === 'offer sent') {
          second = visit.channel('echo&second');
        }
      });
      if (!second) {
        throw new Error('no channel was made');
      }
      await opened(second);
      const inbox = new Inbox(second);
      second.send('new');
      equal('the echo', await inbox.until(1), ['new']);
      equal('channels at the Java peer', (await visit.shown({ events: 3 })).length, 2);
    },
  },
  {
    step: 'calls restartIce() and offers by negotiationneeded',
    java: 'one channel that goes on',
    async run(visit) {
      const channel = visit.channel('echo');
      const inbox = new Inbox(channel);
      const seat = await Seat.connect(visit);
      const needed = new Promise((resolve) => visit.pc.addEventListener('negotiationneeded', resolve));
      visit.pc.restartIce();
      await needed;
      await seat.negotiate();
      channel.send('after');
      equal('the echo', await inbox.until(1), ['after']);
      equal('channels at the Java peer', (await visit.shown({ events: 2 })).length, 1);
    },
  },
];
