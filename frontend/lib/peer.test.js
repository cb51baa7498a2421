import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { next, received, until } from './testing/await.js';
import { fakeOf } from './testing/fake-rtc.js';
import { pairIn, withServer } from './testing/rooms.js';

test(
  'the state follows the connection',
  withServer(async ({ join }) => {
    const { toNewcomer } = await pairIn(join);
    /** @type {string[]} */
    const states = [toNewcomer.state];
    toNewcomer.addEventListener('statechange', () => states.push(toNewcomer.state));
    await until(() => toNewcomer.state === 'connected');
    for (const state of ['disconnected', 'connecting', 'connected', 'disconnected', 'failed', 'connected']) {
      fakeOf(toNewcomer).become(state);
    }
    assert.deepEqual(states, ['connecting', 'connected', 'reconnecting', 'connected', 'reconnecting', 'connected']);
  }),
);

/**
 * Two browsers with an open channel between them, and what each is told from here on.
 *
 * @param {Parameters<typeof pairIn>[0]} join
 */
async function openPair(join) {
  const pair = await pairIn(join);
  const here = pair.toNewcomer.channel('chat');
  const { channel: there } = /** @type {{ channel: import('./channel.js').Channel }} */ (
    await next(pair.toPresent, 'channel')
  );
  await until(() => here.readyState === 'open' && there.readyState === 'open' && !here.outbox.contested);
  /** @type {string[]} */
  const seen = [];
  for (const peer of [pair.toNewcomer, pair.toPresent]) {
    peer.addEventListener('statechange', () => seen.push(peer.state));
    peer.addEventListener('error', ({ error }) => seen.push(error.code));
    peer.addEventListener('channel', () => seen.push('channel'));
  }
  for (const channel of [here, there]) {
    for (const type of /** @type {const} */ (['open', 'close', 'error'])) {
      channel.addEventListener(type, () => seen.push(type));
    }
  }
  return { ...pair, here, there, seen };
}

test(
  'a path that failed is repaired by a restart of ICE: same connection, same channels, nothing lost',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent, here, there, seen } = await openPair(join);
    const connections = [toNewcomer.connection, toPresent.connection];
    const messages = received(there);
    fakeOf(toNewcomer).break('failed');
    await here.send('meanwhile');
    await until(() => toNewcomer.state === 'connected' && toPresent.state === 'connected');
    await until(() => messages.length === 1);
    assert.deepEqual([toNewcomer.connection, toPresent.connection], connections);
    assert.deepEqual(seen, ['reconnecting', 'reconnecting', 'connected', 'connected']);
  }),
);

test(
  'the control: without iceRestart a path that failed is the end',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent } = await pairIn((options) => join({ ...options, iceRestart: false }));
    await until(() => toNewcomer.state === 'connected' && toPresent.state === 'connected');
    fakeOf(toNewcomer).break('failed');
    assert.deepEqual([toNewcomer.state, toPresent.state], ['closed', 'closed']);
  }),
);

test(
  'one that never stood is given up when it fails, also with another connection',
  withServer(async ({ join, server }) => {
    server.swallow = ({ destination }) => destination.endsWith('/answer');
    const { toPresent } = await pairIn(join);
    toPresent.path.rebuild();
    assert.equal(toPresent.state, 'connecting');
    const failed = next(toPresent, 'error');
    fakeOf(toPresent).become('failed');
    assert.equal((await failed).error.code, 'CONNECTION_FAILED');
    assert.equal(toPresent.state, 'closed');
  }),
);

test(
  'both sides start at once, again and again, and meet',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent, there, here, seen } = await openPair(join);
    const messages = received(there);
    for (let round = 0; round < 20; round++) {
      toNewcomer.restartIce();
      toPresent.restartIce();
      await until(() => [toNewcomer, toPresent].every((peer) => fakeOf(peer).signalingState === 'stable'));
    }
    await here.send('after all that');
    await until(() => messages.length === 1);
    assert.deepEqual(seen, []);
  }),
);

test(
  'a restart of ICE on a path that stood, after which nothing is heard, is followed by another connection',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent, here, there, seen } = await openPair(join);
    const { connection } = toNewcomer;
    const messages = received(there);
    toNewcomer.restartIce();
    await here.send('heard');
    await until(() => messages.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    assert.equal(toNewcomer.connection, connection);
    for (const peer of [toNewcomer, toPresent]) {
      fakeOf(peer).line.held = true;
    }
    toNewcomer.restartIce();
    await here.send('not heard at first');
    await until(() => messages.length === 2);
    assert.notEqual(toNewcomer.connection, connection);
    assert.ok(!seen.includes('close'), seen.join());
  }),
);

test(
  'an offer that was never answered does not block the next restart',
  withServer(async ({ join, server }) => {
    const { toNewcomer, toPresent, seen } = await openPair(join);
    server.swallow = ({ destination }) => destination.endsWith('/offer');
    toNewcomer.restartIce();
    await until(() => fakeOf(toNewcomer).signalingState === 'have-local-offer');
    await until(() => server.swallowed === 1);
    server.swallow = () => false;
    fakeOf(toNewcomer).break('failed');
    await until(() => toNewcomer.state === 'connected' && toPresent.state === 'connected');
    assert.equal(fakeOf(toNewcomer).signalingState, 'stable');
    assert.ok(!seen.includes('close'), seen.join());
  }),
);

test(
  'where restarts do not help another connection carries on, under the same peers and channels',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent, here, there, seen } = await openPair(join);
    const opened = toPresent.channel('from the other side', { ordered: false });
    const { channel: taken } = await next(toNewcomer, 'channel');
    await until(() => opened.readyState === 'open' && taken.readyState === 'open');
    seen.length = 0;
    const before = [toNewcomer.connection, toPresent.connection];
    const [messages, answers, others] = [received(there), received(here), received(opened)];
    for (const peer of [toNewcomer, toPresent]) {
      fakeOf(peer).become('disconnected');
    }
    toNewcomer.path.rebuild();
    const waiting = here.send('one');
    await until(() => toNewcomer.state === 'connected' && toPresent.state === 'connected');
    await Promise.all([waiting, there.send('two'), taken.send('three')]);
    await until(() => messages.length === 1 && answers.length === 1 && others.length === 1);
    assert.notEqual(toNewcomer.connection, before[0]);
    assert.notEqual(toPresent.connection, before[1]);
    assert.deepEqual(
      before.map(({ signalingState }) => signalingState),
      ['closed', 'closed'],
    );
    assert.deepEqual(seen, ['reconnecting', 'reconnecting', 'connected', 'connected']);
    assert.equal(toNewcomer.channel('chat'), here);
    assert.deepEqual([opened.wire?.ordered, taken.wire?.ordered, here.wire?.ordered], [false, false, true]);
  }),
);

test(
  'both sides rebuild at once and meet',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent, here, there, seen } = await openPair(join);
    const messages = received(there);
    for (let round = 0; round < 5; round++) {
      toNewcomer.path.rebuild();
      toPresent.path.rebuild();
      await until(() => toNewcomer.state === 'connected' && toPresent.state === 'connected');
    }
    await here.send('after all that');
    await until(() => messages.length === 1);
    assert.ok(
      seen.every((event) => event === 'reconnecting' || event === 'connected'),
      seen.join(),
    );
  }),
);

test(
  'a channel that was closed while the connection was rebuilt is closed on both sides',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent, here, there } = await openPair(join);
    fakeOf(toNewcomer).break('disconnected');
    const closed = next(here, 'close');
    there.close();
    toPresent.path.rebuild();
    await closed;
    await until(() => toNewcomer.state === 'connected' && toPresent.state === 'connected');
    assert.equal(there.readyState, 'closed');
  }),
);

test(
  'a connection that failed for good closes its channels, says why, and leaves the peer in the room',
  withServer(async ({ join }) => {
    const { present, toNewcomer } = await pairIn((options) => join({ ...options, iceRestart: false }));
    const channel = toNewcomer.channel('chat');
    await next(channel, 'open');
    const [peerFailed, channelFailed] = [next(toNewcomer, 'error'), next(channel, 'error')];
    fakeOf(toNewcomer).become('failed');
    assert.equal((await peerFailed).error.code, 'CONNECTION_FAILED');
    assert.equal((await channelFailed).error.code, 'CONNECTION_FAILED');
    await assert.rejects(channel.send('late'), { code: 'CHANNEL_CLOSED' });
    assert.equal(present.peers.get(toNewcomer.id), toNewcomer);
  }),
);

test(
  'a peer that never answers is given up after 30 s',
  withServer(async ({ join, server }) => {
    server.refuse = (destination) => (destination.endsWith('/answer') ? 'UNKNOWN_PEER' : undefined);
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const { toPresent } = await pairIn(join);
      const sent = assert.rejects(toPresent.channel('chat').send('hello'), { code: 'CHANNEL_CLOSED' });
      mock.timers.tick(29_999);
      assert.equal(toPresent.state, 'connecting');
      mock.timers.tick(1);
      assert.equal(toPresent.state, 'closed');
      await sent;
    } finally {
      mock.timers.reset();
    }
  }),
);

test(
  'a connection that the other side closed is closed here at once',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent } = await pairIn(join);
    await until(() => toNewcomer.state === 'connected');
    toPresent.connection.close();
    await until(() => toNewcomer.state === 'closed');
  }),
);
