import assert from 'node:assert/strict';
import { test } from 'node:test';
import { next, received, until } from './testing/await.js';
import { FakePeerConnection, fakeOf } from './testing/fake-rtc.js';
import { withServer } from './testing/rooms.js';
import { FakeServerPeer } from './testing/server-peer.js';

/** @typedef {import('./peer.js').Peer} Peer */
/** @typedef {import('./room.js').Room} Room */

/**
 * Runs a test with a server peer that sends everything back, and a channel to it.
 *
 * @param {(at: { peer: FakeServerPeer, room: Room, server: Peer, channel: import('./channel.js').Channel }) =>
 *   Promise<void>} run
 */
function withEcho(run) {
  return withServer(async ({ join, server: signaling }) => {
    const peer = new FakeServerPeer(signaling);
    try {
      const room = await join();
      const server = /** @type {Peer} */ (room.server);
      const channel = server.channel('echo', { ordered: false, maxRetransmits: 3, protocol: 'p' });
      await next(channel, 'open');
      await run({ peer, room, server, channel });
    } finally {
      peer.close();
    }
  });
}

/** @param {number} count */
const numbers = (count) => Array.from({ length: count }, (_, i) => String(i));

test(
  'asked to reconnect, it moves to another connection, and nothing is lost, doubled or overtaken',
  withEcho(async ({ peer, room, server, channel }) => {
    peer.delay = 20;
    const [first, echoes] = [server.connection, received(channel)];
    /** @type {string[]} */
    const seen = [];
    for (const type of /** @type {const} */ (['open', 'close', 'error'])) {
      channel.addEventListener(type, () => seen.push(type));
    }
    server.addEventListener('statechange', () => seen.push(server.state));
    for (const number of numbers(2_000)) {
      if (number === '500') {
        peer.askToReconnect(10_000);
      }
      await channel.send(number);
      if (Number(number) % 10 === 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    await until(() => echoes.length === 2_000 && first.signalingState === 'closed');
    assert.deepEqual(echoes, numbers(2_000));
    assert.deepEqual(seen, []);
    assert.equal(peer.connections.length, 2);
    assert.notEqual(server.connection, first);
    assert.deepEqual([room.server, server.state, server.channel('echo')], [server, 'connected', channel]);
    const { label, ordered, maxRetransmits, maxPacketLifeTime, protocol } = /** @type {any} */ (channel.wire);
    assert.deepEqual([label, ordered, maxRetransmits, maxPacketLifeTime, protocol], ['echo', false, 3, null, 'p']);
  }),
);

test(
  'the connection before is kept until the other one stands',
  withEcho(async ({ peer, server, channel }) => {
    const [first, echoes, open] = [server.connection, received(channel), FakePeerConnection.open];
    peer.answers = false;
    peer.askToReconnect(400);
    await until(() => FakePeerConnection.open === open + 1);
    await channel.send('still here');
    await until(() => echoes.length === 1);
    assert.equal(server.connection, first);
    await until(() => FakePeerConnection.open === open);
    peer.answers = true;
    peer.askToReconnect(10_000);
    await until(() => server.connection !== first && first.signalingState === 'closed');
    await channel.send('and here');
    await until(() => echoes.length === 2);
    assert.deepEqual(echoes, ['still here', 'and here']);
  }),
);

test(
  'refused another connection, it keeps the one that it has',
  withEcho(async ({ peer, server, channel }) => {
    const [first, echoes] = [server.connection, received(channel)];
    peer.server.refuse = (destination) => (destination.endsWith('/offer') ? 'SERVER_PEER_UNAVAILABLE' : undefined);
    peer.askToReconnect(2_000);
    await until(() => peer.server.sent.filter(({ destination }) => destination.endsWith('/offer')).length === 2);
    await channel.send('still here');
    await until(() => echoes.length === 1);
    assert.deepEqual([server.connection, server.state, channel.readyState], [first, 'connected', 'open']);
  }),
);

test(
  'a channel asked for while it moves is opened on the other connection, and one closed meanwhile stays closed',
  withEcho(async ({ peer, server, channel }) => {
    const first = server.connection;
    const gone = server.channel('gone');
    await next(gone, 'open');
    peer.askToReconnect(10_000);
    await until(() => server.connection !== first);
    const late = server.channel('late');
    const [closed, echoes] = [next(gone, 'close'), received(late)];
    gone.close();
    await late.send('late');
    await closed;
    await until(() => echoes.length === 1 && first.signalingState === 'closed');
    const labels = [...fakeOf(server).channels].map(({ label }) => label).sort();
    assert.deepEqual(labels, ['echo', 'late', 'peerhost.control']);
    assert.deepEqual([channel.readyState, gone.readyState], ['open', 'closed']);
  }),
);

test(
  'leaving while it moves closes both connections',
  withEcho(async ({ peer, room, server, channel }) => {
    const first = server.connection;
    const closed = next(channel, 'close');
    peer.askToReconnect(2_000);
    await until(() => server.connection !== first);
    room.leave();
    await closed;
    await until(() => first.signalingState === 'closed' && server.connection.signalingState === 'closed');
  }),
);

test(
  'who is not connected does not reconnect',
  withServer(async ({ join, server: signaling }) => {
    const peer = new FakeServerPeer(signaling);
    const room = await join();
    peer.askToReconnect(2_000);
    const left = next(room, 'peerleave');
    const other = await join({ name: 'other' });
    other.leave();
    await left;
    assert.deepEqual([room.server?.state, peer.connections.length], ['new', 0]);
  }),
);
