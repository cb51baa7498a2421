import assert from 'node:assert/strict';
import { test } from 'node:test';
import { next, received, until } from './testing/await.js';
import { fakeOf } from './testing/fake-rtc.js';
import { pairIn, withServer } from './testing/rooms.js';

/** @typedef {import('./peer.js').Peer} Peer */

/** @param {Peer} peer labels of the channels that its connection carries */
const labels = (peer) => [...fakeOf(peer).channels].map(({ label }) => label).filter((label) => label === 'chat');

/** @param {number} from */
const texts = (from) => Array.from({ length: 20 }, (_, i) => `message ${from + i}`);

/** @param {Peer} peer */
function unasked(peer) {
  /** @type {string[]} */
  const seen = [];
  peer.addEventListener('channel', ({ channel }) => seen.push(channel.label));
  return seen;
}

test(
  'both open the same label before they are connected: one channel, every message once and in order',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent } = await pairIn(join);
    const events = [...unasked(toNewcomer), ...unasked(toPresent)];
    const [a, b] = [toNewcomer.channel('chat'), toPresent.channel('chat')];
    const [atA, atB] = [received(a), received(b)];
    for (const text of texts(0)) {
      void a.send(text);
      void b.send(text);
    }
    await Promise.all([next(a, 'open'), next(b, 'open')]);
    for (const text of texts(20)) {
      void a.send(text);
      void b.send(text);
    }
    await until(() => atA.length >= 40 && atB.length >= 40);
    await until(() => labels(toNewcomer).length === 1 && labels(toPresent).length === 1);
    await a.send('end');
    await until(() => atB.at(-1) === 'end');
    assert.deepEqual(atA, [...texts(0), ...texts(20)]);
    assert.deepEqual(atB, [...texts(0), ...texts(20), 'end']);
    assert.deepEqual(events, []);
    assert.deepEqual([a.readyState, b.readyState], ['open', 'open']);
  }),
);

test(
  'both open the same label on a connection that stands: the newcomer keeps its own',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent } = await pairIn(join);
    await until(() => toNewcomer.state === 'connected' && toPresent.state === 'connected');
    const [a, b] = [toNewcomer.channel('chat'), toPresent.channel('chat')];
    const kept = b.wire;
    const [atA, atB] = [received(a), received(b)];
    /** @type {string[]} */
    const ends = [];
    a.addEventListener('close', () => ends.push('close'));
    for (const text of texts(0)) {
      void a.send(text);
      void b.send(text);
    }
    await until(() => atA.length === 20 && atB.length === 20 && labels(toNewcomer).length === 1);
    assert.equal(b.wire, kept);
    assert.deepEqual(atA, texts(0));
    assert.deepEqual(atB, texts(0));
    assert.deepEqual(ends, []);
  }),
);

test(
  'closing while both open the same label closes it for both',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent } = await pairIn(join);
    await until(() => toNewcomer.state === 'connected' && toPresent.state === 'connected');
    for (const [closer, other] of [
      [toNewcomer, toPresent],
      [toPresent, toNewcomer],
    ]) {
      const [here, there] = [closer.channel('chat'), other.channel('chat')];
      const closed = Promise.all([next(here, 'close'), next(there, 'close')]);
      await next(here, 'open');
      here.close();
      await closed;
      await until(() => labels(toNewcomer).length === 0 && labels(toPresent).length === 0);
    }
  }),
);

test(
  'the other side need not be this library: what it does not take within a while is no longer contested',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent } = await pairIn(join);
    await until(() => toNewcomer.state === 'connected');
    const control = [...fakeOf(toPresent).channels].find(({ options }) => options.negotiated);
    control?.close();
    toPresent.addEventListener('channel', ({ channel }) => received(channel));
    const channel = toNewcomer.channel('chat');
    await next(channel, 'open');
    assert.equal(channel.outbox.contested, true);
    // More than the copies that are kept: the last one waits for the decision.
    await Promise.all(Array.from({ length: 6 }, () => channel.send(new Uint8Array(262_144))));
    assert.equal(channel.outbox.contested, false);
  }),
);

test(
  'the newcomer tells what it takes, so that copies are not kept',
  withServer(async ({ join }) => {
    const { toNewcomer } = await pairIn(join);
    const channel = toNewcomer.channel('chat');
    await next(channel, 'open');
    await until(() => !channel.outbox.contested);
  }),
);

test(
  'asking again gives the same channel; asking for what came takes it',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent } = await pairIn(join);
    const here = toNewcomer.channel('chat');
    assert.equal(toNewcomer.channel('chat'), here);
    await here.send('kept');
    const { channel } = await next(toPresent, 'channel');
    const there = toPresent.channel('chat');
    assert.equal(there, channel);
    const messages = received(there);
    await until(() => messages.length === 1);
    assert.equal(there.wire?.label, 'chat');
  }),
);

test(
  'a label that is closed and opened over and over by both sides works each time',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent } = await pairIn(join);
    await until(() => toNewcomer.state === 'connected' && toPresent.state === 'connected');
    for (let round = 0; round < 10; round++) {
      const [opener, taker] = round % 2 ? [toNewcomer, toPresent] : [toPresent, toNewcomer];
      const came = next(taker, 'channel');
      const here = opener.channel('chat');
      await here.send(`round ${round}`);
      const { channel: there } = await came;
      assert.equal((await next(there, 'message')).data, `round ${round}`);
      const closed = next(there, 'close');
      here.close();
      await closed;
    }
  }),
);

test(
  'options reach the other side, and impossible ones are refused at once',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent } = await pairIn(join);
    assert.throws(() => toNewcomer.channel('bad', { maxRetransmits: 1, maxPacketLifeTime: 1 }), TypeError);
    toNewcomer.channel('lossy', { ordered: false, maxRetransmits: 0 });
    const { channel } = await next(toPresent, 'channel');
    assert.equal(channel.label, 'lossy');
    assert.deepEqual(channel.wire.options, { ordered: false, maxRetransmits: 0 });
  }),
);

test(
  'a label that the other side opens anew replaces the one that it has given up',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent } = await pairIn(join);
    await until(() => toPresent.state === 'connected');
    const came = next(toNewcomer, 'channel');
    fakeOf(toPresent).createDataChannel('chat');
    const { channel: first } = await came;
    const [closed, again] = [next(first, 'close'), next(toNewcomer, 'channel')];
    fakeOf(toPresent).createDataChannel('chat');
    await closed;
    const { channel: second } = await again;
    assert.deepEqual([first.readyState, second === first], ['closed', false]);
    assert.equal(toNewcomer.channel('chat'), second);
  }),
);

test(
  'a label that cannot be opened once its last channel has ended says so',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent } = await pairIn(join);
    const first = toNewcomer.channel('chat');
    await next(toPresent, 'channel');
    first.close();
    const second = toNewcomer.channel('chat', { maxRetransmits: 1, maxPacketLifeTime: 1 });
    const [failed, closed] = [next(second, 'error'), next(second, 'close')];
    assert.equal((await failed).error.code, 'CHANNEL_ERROR');
    await closed;
  }),
);
