import assert from 'node:assert/strict';
import { test } from 'node:test';
import { next, until } from './testing/await.js';
import { pairIn, withServer } from './testing/rooms.js';

/** @typedef {import('./events.js').FailureEvent} FailureEvent */
/** @typedef {import('./peer.js').Peer} Peer */

test(
  'those present see who comes, the newcomer sees who is there, and they connect',
  withServer(async ({ join }) => {
    const { present, newcomer, toNewcomer, toPresent } = await pairIn(join);
    assert.deepEqual([toNewcomer.name, toNewcomer.id, toNewcomer.kind], ['Newcomer', newcomer.self, 'browser']);
    assert.deepEqual([toPresent.name, toPresent.id], ['Present', present.self]);
    assert.equal(present.peers.get(newcomer.self), toNewcomer);
    await until(() => toNewcomer.state === 'connected' && toPresent.state === 'connected');
  }),
);

test(
  'only the newcomer offers',
  withServer(async ({ join, server }) => {
    const { toNewcomer, toPresent, newcomer } = await pairIn(join);
    toNewcomer.channel('chat');
    toPresent.channel('chat');
    await until(() => toNewcomer.state === 'connected' && toPresent.state === 'connected');
    const offers = server.sent.filter(({ destination }) => destination.endsWith('/offer'));
    assert.deepEqual(
      offers.map(({ from }) => from),
      [newcomer.self],
    );
  }),
);

test(
  'candidates arrive on the other side in their order, with their end',
  withServer(async ({ join, server }) => {
    const { toPresent, newcomer } = await pairIn(join);
    await until(() => toPresent.state === 'connected');
    const ofNewcomer = () =>
      server.sent.filter(({ destination, from }) => destination.endsWith('/candidate') && from === newcomer.self);
    await until(() => ofNewcomer().length === 3);
    assert.deepEqual(
      ofNewcomer().map(({ body }) => body.candidate?.candidate ?? null),
      ['one', 'two', null],
    );
  }),
);

test(
  'who leaves is seen to leave, and takes connection and channels along',
  withServer(async ({ join }) => {
    const { present, newcomer, toNewcomer } = await pairIn(join);
    const channel = toNewcomer.channel('chat');
    await next(channel, 'open');
    const [left, closed] = [next(present, 'peerleave'), next(channel, 'close')];
    newcomer.leave();
    assert.equal((await left).peer, toNewcomer);
    await closed;
    assert.deepEqual([present.peers.size, toNewcomer.state, channel.readyState], [0, 'closed', 'closed']);
    assert.deepEqual([newcomer.state, newcomer.peers.size], ['closed', 0]);
    assert.throws(() => newcomer.channel('chat'), { code: 'ROOM_CLOSED' });
    assert.throws(() => toNewcomer.channel('chat'), { code: 'PEER_CLOSED' });
  }),
);

test(
  'leaving says so to the server and ends the session',
  withServer(async ({ join, server }) => {
    const room = await join();
    room.leave();
    room.leave();
    await until(() => server.sessions.size === 0);
    assert.equal(server.sent.filter(({ destination }) => destination === '/app/rooms/demo/leave').length, 1);
  }),
);

test(
  'a lost session is followed by another: everybody leaves and joins again',
  withServer(async ({ join, server }) => {
    const { present, newcomer, toNewcomer } = await pairIn(join);
    await until(() => toNewcomer.state === 'connected');
    const before = newcomer.self;
    /** @type {string[]} */
    const seen = [];
    for (const type of /** @type {const} */ (['peerjoin', 'peerleave', 'statechange'])) {
      newcomer.addEventListener(type, () => seen.push(type));
    }
    server.drop();
    await next(newcomer, 'statechange');
    assert.equal(newcomer.state, 'reconnecting');
    assert.equal(newcomer.peers.size, 1);
    await until(() => [present, newcomer].every(({ state, peers }) => state === 'connected' && peers.size === 1));
    const [peer] = present.peers.values();
    await until(() => peer.state === 'connected' && peer !== toNewcomer);
    assert.notEqual(newcomer.self, before);
    assert.equal(toNewcomer.state, 'closed');
    assert.deepEqual(seen.sort(), ['peerjoin', 'peerleave', 'statechange', 'statechange']);
  }),
);

test(
  'a room that may not be joined again is closed, and says why',
  withServer(async ({ join, server }) => {
    const room = await join();
    server.refuse = () => 'ROOM_FULL';
    const failed = next(room, 'error');
    server.drop();
    assert.equal((await failed).error.code, 'ROOM_FULL');
    assert.equal(room.state, 'closed');
  }),
);

test(
  'what the server refuses later is told and costs nothing else',
  withServer(async ({ join, server }) => {
    const room = await join();
    const failed = next(room, 'error');
    const [session] = server.sessions;
    const rejected = { code: 'TOO_LARGE', message: 'shorter', destination: '/app/rooms/demo/offer' };
    session.deliver({ type: 'rejected', ...rejected });
    assert.equal((await failed).error.code, 'TOO_LARGE');
    assert.equal(room.state, 'connected');
  }),
);

test(
  'the server peer is connected to when it is first asked for a channel',
  withServer(async ({ join, server }) => {
    server.serverPeer = true;
    const room = await join();
    const first = /** @type {Peer} */ (room.server);
    assert.deepEqual([room.peers.size, first.id, first.kind, first.state], [0, 'server', 'server', 'new']);
    assert.equal(server.sent.length, 1);
    const failed = next(first, 'error');
    const channel = first.channel('echo');
    assert.equal(first.state, 'connecting');
    const refused = assert.rejects(channel.send('hello'), { code: 'CHANNEL_CLOSED' });
    assert.equal((await failed).error.code, 'SERVER_PEER_UNAVAILABLE');
    await refused;
    assert.equal(server.sent[1].destination, '/app/rooms/demo/offer');
    assert.equal(server.sent[1].body.to, 'server');
    const second = /** @type {Peer} */ (room.server);
    assert.notEqual(second, first);
    assert.equal(second.state, 'new');
  }),
);

test(
  'a server without a peer has none to offer',
  withServer(async ({ join }) => {
    const room = await join();
    assert.equal(room.server, undefined);
  }),
);

test(
  'leaving while others are being told of leaves nobody behind',
  withServer(async ({ join, server }) => {
    const [present] = [await join({ name: 'One' }), await join({ name: 'Two' })];
    const room = await join();
    room.addEventListener('peerjoin', () => room.leave());
    server.drop();
    await until(() => room.state === 'closed');
    await until(() => present.state === 'connected');
    assert.deepEqual([room.peers.size, room.state], [0, 'closed']);
  }),
);
