import assert from 'node:assert/strict';
import { test } from 'node:test';
import { next, received, until } from './testing/await.js';
import { fakeOf } from './testing/fake-rtc.js';
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
  'leaving waits until what was sent has arrived, though nobody takes it for 2 s at most',
  withServer(async ({ join }) => {
    const { present, newcomer, toPresent, toNewcomer } = await pairIn(join);
    const [here, there] = [toPresent.channel('chat'), toNewcomer.channel('chat')];
    await next(here, 'open');
    const { connection } = toPresent;
    fakeOf(toPresent).line.held = true;
    await here.send('the last');
    const left = next(present, 'peerleave');
    newcomer.leave();
    assert.deepEqual([newcomer.state, connection.signalingState], ['closed', 'stable']);
    await assert.rejects(here.send('one more'), { code: 'CHANNEL_CLOSED' });
    await left;
    assert.deepEqual([connection.signalingState, there.readyState], ['closed', 'closed']);
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

/**
 * What an application is told of a room from now on.
 *
 * @param {import('./room.js').Room} room
 */
function events(room) {
  /** @type {string[]} */
  const seen = [];
  for (const type of /** @type {const} */ (['peerjoin', 'peerleave', 'statechange', 'error'])) {
    room.addEventListener(type, () => seen.push(type === 'statechange' ? room.state : type));
  }
  return seen;
}

/**
 * @param {import('./room.js').Room} room
 * @param {Peer} peer whom the room must have under its present id
 */
const has = (room, peer) => room.state === 'connected' && room.peers.get(peer.id) === peer;

test(
  'a torn socket costs nothing: who we are, who is there, and what was said meanwhile',
  withServer(async ({ join, server }) => {
    const { present, newcomer, toNewcomer, toPresent } = await pairIn(join);
    await until(() => toNewcomer.state === 'connected' && toPresent.state === 'connected');
    const seen = events(newcomer);
    const self = newcomer.self;
    const [, mine] = server.sessions;
    const joined = next(newcomer, 'peerjoin');
    server.tear(new Set([mine]));
    await until(() => newcomer.state === 'reconnecting');
    await join({ name: 'Third' });
    fakeOf(toNewcomer).negotiate();
    assert.equal((await joined).peer.name, 'Third');
    await until(() =>
      server.sent.some(({ destination, body }) => destination.endsWith('/answer') && body.to === present.self),
    );
    assert.equal(newcomer.self, self);
    assert.equal(newcomer.peers.get(toPresent.id), toPresent);
    assert.deepEqual(seen, ['reconnecting', 'connected', 'peerjoin']);
    assert.equal(server.sent.filter(({ destination }) => destination.endsWith('/join')).length, 3);
  }),
);

test(
  'a restarted server gives new ids, and everybody is still the same',
  withServer(async ({ join, server }) => {
    const { present, newcomer, toNewcomer, toPresent } = await pairIn(join);
    const channel = toNewcomer.channel('chat');
    const { channel: there } = await next(toPresent, 'channel');
    const messages = received(there);
    await until(() => channel.readyState === 'open' && toPresent.state === 'connected');
    const before = [present.self, newcomer.self];
    const seen = [events(present), events(newcomer)];
    server.drop();
    await until(() => present.self !== before[0] && newcomer.self !== before[1]);
    await until(() => toNewcomer.id === newcomer.self && toPresent.id === present.self);
    assert.ok(has(present, toNewcomer) && has(newcomer, toPresent));
    assert.deepEqual([present.peers.size, newcomer.peers.size], [1, 1]);
    assert.deepEqual(seen, [
      ['reconnecting', 'connected'],
      ['reconnecting', 'connected'],
    ]);
    await channel.send('still here');
    await until(() => messages.length === 1);
    assert.equal(toNewcomer.channel('chat'), channel);
    // Signals find their way under the new ids.
    fakeOf(toPresent).negotiate();
    await until(() =>
      server.sent.some(({ destination, from }) => destination.endsWith('/answer') && from === present.self),
    );
  }),
);

test(
  'many restarts, and many members, change nobody',
  withServer(async ({ join, server }) => {
    const rooms = [await join({ name: 'A' }), await join({ name: 'B' }), await join({ name: 'C' })];
    const peers = () => rooms.map((room) => [...room.peers.values()]);
    await until(() => peers().every((all) => all.length === 2 && all.every(({ state }) => state === 'connected')));
    const before = peers().map((all) => new Set(all));
    for (let restart = 0; restart < 3; restart++) {
      const ids = new Set(rooms.map(({ self }) => self));
      server.drop();
      await until(() => rooms.every((room) => room.state === 'connected' && !ids.has(room.self)));
      await until(() => peers().every((all) => all.every(({ id }) => rooms.some(({ self }) => self === id))));
    }
    assert.deepEqual(
      peers().map((all) => new Set(all)),
      before,
    );
  }),
);

test(
  'who is new after a restart is announced as such',
  withServer(async ({ join, server }) => {
    const { present, newcomer, toNewcomer, toPresent } = await pairIn(join);
    await until(() => toNewcomer.state === 'connected' && toPresent.state === 'connected');
    server.drop();
    const [third, { peer }] = await Promise.all([join({ name: 'Third' }), next(present, 'peerjoin')]);
    await until(() => has(present, toNewcomer) && toNewcomer.id === newcomer.self && present.peers.size === 2);
    assert.deepEqual([peer.name, peer.id], ['Third', third.self]);
    await until(() => peer.state === 'connected');
  }),
);

test(
  'whom the server has lost stays while the connection stands, and goes with it',
  withServer(async ({ join, server }) => {
    const { present, toNewcomer, toPresent } = await pairIn(join);
    await until(() => toNewcomer.state === 'connected' && toPresent.state === 'connected');
    const [mine, session] = server.sessions;
    server.answers = false;
    server.tear(new Set([session]));
    const told = next(present, 'error');
    server.expire(session);
    mine.deliver({ type: 'rejected', code: 'BAD_BODY', message: 'after the other had left', destination: '' });
    await told;
    assert.equal(present.peers.get(toNewcomer.id), toNewcomer);
    const left = next(present, 'peerleave');
    toPresent.connection.close();
    assert.equal((await left).peer, toNewcomer);
    assert.equal(present.peers.size, 0);
  }),
);

test(
  'whom the server has lost stays while the connection is repaired, and goes when that is given up',
  withServer(async ({ join, server }) => {
    const { present, toNewcomer } = await pairIn((options) => join({ ...options, recoveryTimeout: 500 }));
    await until(() => toNewcomer.state === 'connected');
    const [mine, session] = server.sessions;
    server.answers = false;
    server.tear(new Set([session]));
    fakeOf(toNewcomer).break('failed');
    const [told, left] = [next(present, 'error'), next(present, 'peerleave')];
    server.expire(session);
    mine.deliver({ type: 'rejected', code: 'BAD_BODY', message: 'after the other was lost', destination: '' });
    await told;
    assert.deepEqual([present.peers.get(toNewcomer.id), toNewcomer.state], [toNewcomer, 'reconnecting']);
    assert.equal((await left).peer, toNewcomer);
    assert.equal(toNewcomer.state, 'closed');
  }),
);

test(
  'a cut that outlasts the place in the room changes nobody: who is back is known by what was said before it',
  withServer(async ({ join, server }) => {
    const { present, newcomer, toNewcomer, toPresent } = await pairIn(join);
    const both = [toNewcomer, toPresent];
    await until(() => both.every(({ state, control }) => state === 'connected' && control?.claim));
    /** @type {string[]} */
    const seen = [];
    for (const room of [present, newcomer]) {
      room.addEventListener('peerjoin', () => seen.push('peerjoin'));
      room.addEventListener('peerleave', () => seen.push('peerleave'));
    }
    for (const peer of both) {
      peer.addEventListener('statechange', () => seen.push(peer.state));
    }
    const before = newcomer.self;
    const [, session] = server.sessions;
    fakeOf(toNewcomer).break('failed');
    server.tear(new Set([session]));
    server.expire(session);
    await until(() => both.every(({ state }) => state === 'connected'));
    assert.notEqual(newcomer.self, before);
    assert.deepEqual([toNewcomer.id, toPresent.id], [newcomer.self, present.self]);
    assert.equal(present.peers.get(newcomer.self), toNewcomer);
    assert.deepEqual(seen, ['reconnecting', 'reconnecting', 'connected', 'connected']);
  }),
);

test(
  'nobody takes the place of another by a word alone',
  withServer(async ({ join, server }) => {
    const { present, newcomer, toNewcomer, toPresent } = await pairIn(join);
    await until(() => toNewcomer.state === 'connected' && toPresent.state === 'connected');
    const mallory = await join({ name: 'Mallory' });
    await until(() => present.peers.size === 2 && mallory.peers.size === 2);
    const toMallory = /** @type {Peer} */ (present.peers.get(mallory.self));
    const [ofMallory] = [...mallory.peers.values()].filter(({ id }) => id === present.self);
    await until(() => toMallory.state === 'connected' && ofMallory.state === 'connected');
    // Mallory claims to be the newcomer, at its own end and through the server.
    ofMallory.control?.introduce(newcomer.self);
    const [, , session] = server.sessions;
    for (const key of ['', '0'.repeat(32)]) {
      const [to] = server.sessions;
      const candidate = { candidate: '', usernameFragment: `peerhost/${key}` };
      to.deliver({ type: 'candidate', room: 'demo', from: session.id, candidate });
    }
    await toMallory.channel('x').send('after all that');
    assert.equal(present.peers.get(newcomer.self), toNewcomer);
    assert.equal(toMallory.id, mallory.self);
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
