import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { next, until } from './testing/await.js';
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
    assert.deepEqual(states, ['connecting', 'connected', 'reconnecting', 'connected', 'reconnecting', 'closed']);
  }),
);

test(
  'a connection that failed closes its channels, says why, and leaves the peer in the room',
  withServer(async ({ join }) => {
    const { present, toNewcomer } = await pairIn(join);
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
