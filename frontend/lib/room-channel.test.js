import assert from 'node:assert/strict';
import { test } from 'node:test';
import { next, until } from './testing/await.js';
import { pairIn, withServer } from './testing/rooms.js';

/** @typedef {import('./room.js').Room} Room */
/** @typedef {import('./room-channel.js').RoomChannel} RoomChannel */

/** @param {RoomChannel} all */
function heard(all) {
  /** @type {string[]} */
  const lines = [];
  all.addEventListener('message', ({ data, peer }) => lines.push(`${peer.name}: ${data}`));
  return lines;
}

/** @param {RoomChannel} all */
const openTo = (all) => [...all.channels.values()].filter(({ readyState }) => readyState === 'open').length;

test(
  'one label to everybody, also to those who come later',
  withServer(async ({ join }) => {
    /** @type {RoomChannel[]} */
    const alls = [];
    for (const name of ['Ada', 'Bob', 'Cleo']) {
      alls.push((await join({ name })).channel('chat'));
    }
    const [ada, bob, cleo] = alls;
    const lines = alls.map(heard);
    await until(() => alls.every((all) => openTo(all) === 2));
    await Promise.all([ada.send('hello'), bob.send('hi')]);
    await cleo.send(new Blob(['!']));
    await until(() => lines.every((heardBy) => heardBy.length === 2));
    assert.deepEqual(lines[2].sort(), ['Ada: hello', 'Bob: hi']);
    assert.deepEqual(lines[0].sort(), ['Bob: hi', 'Cleo: [object ArrayBuffer]']);
    assert.deepEqual([ada.readyState, ada.label], ['open', 'chat']);
  }),
);

test(
  'the other side need not have asked for everybody',
  withServer(async ({ join }) => {
    const { present, toPresent } = await pairIn(join);
    const all = present.channel('chat');
    const lines = heard(all);
    const { channel } = await next(toPresent, 'channel');
    await channel.send('just to you');
    await until(() => lines.length === 1);
    assert.deepEqual(lines, ['Newcomer: just to you']);
  }),
);

test(
  'what the other side opens goes to the one who asked for everybody, without a channel event',
  withServer(async ({ join }) => {
    const { newcomer, toNewcomer, toPresent } = await pairIn(join);
    const first = toNewcomer.channel('chat');
    await next(toPresent, 'channel');
    const all = newcomer.channel('chat');
    const lines = heard(all);
    first.close();
    await next(all, 'close');
    /** @type {unknown[]} */
    const unasked = [];
    toPresent.addEventListener('channel', (event) => unasked.push(event));
    await toNewcomer.channel('chat').send('again');
    await until(() => lines.length === 1);
    assert.deepEqual(lines, ['Present: again']);
    assert.deepEqual(unasked, []);
  }),
);

test(
  'sending waits for a channel that is about to open, and forgives one who leaves',
  withServer(async ({ join }) => {
    const { present, newcomer } = await pairIn(join);
    const all = present.channel('chat');
    const sent = all.send('early');
    newcomer.leave();
    await sent;
    await until(() => all.channels.size === 0);
    await all.send('to nobody');
    assert.equal(all.readyState, 'connecting');
  }),
);

test(
  'what no peer can take is refused',
  withServer(async ({ join }) => {
    const { present } = await pairIn(join);
    const all = present.channel('chat');
    await until(() => openTo(all) === 1);
    await assert.rejects(all.send(new Uint8Array(67_108_865)), { code: 'TOO_LARGE' });
  }),
);

test(
  'closing ends it for everybody; asking again starts anew',
  withServer(async ({ join }) => {
    const { present, newcomer } = await pairIn(join);
    const [all, theirs] = [present.channel('chat'), newcomer.channel('chat')];
    await until(() => openTo(all) === 1 && openTo(theirs) === 1);
    const closed = next(theirs, 'close');
    all.close();
    assert.equal((await closed).peer.name, 'Present');
    assert.equal(all.readyState, 'closed');
    await assert.rejects(all.send('late'), { code: 'CHANNEL_CLOSED' });
    await join({ name: 'Third' });
    await until(() => present.peers.size === 2);
    assert.equal(all.channels.size, 0);
    const again = present.channel('chat');
    assert.notEqual(again, all);
    assert.equal(present.channel('chat'), again);
    await until(() => openTo(again) === 2);
  }),
);

test(
  'it lives on when the server was out of reach',
  withServer(async ({ join, server }) => {
    const { present, newcomer } = await pairIn(join);
    const [all, theirs] = [present.channel('chat'), newcomer.channel('chat')];
    const lines = heard(theirs);
    await until(() => openTo(all) === 1 && openTo(theirs) === 1);
    const { self } = present;
    server.drop();
    await until(() => present.self !== self && openTo(all) === 1);
    await until(() => present.peers.has(newcomer.self) && openTo(theirs) === 1);
    await all.send('back');
    await until(() => lines.length === 1);
    assert.deepEqual(lines, ['Present: back']);
  }),
);

test(
  'binaryType holds for every browser',
  withServer(async ({ join }) => {
    const { present, newcomer } = await pairIn(join);
    const [all, theirs] = [present.channel('chat'), newcomer.channel('chat')];
    theirs.binaryType = 'blob';
    const message = next(theirs, 'message');
    await all.send(new Uint8Array(4));
    assert.ok((await message).data instanceof Blob);
    assert.equal(theirs.binaryType, 'blob');
  }),
);

test(
  'options that no browser takes are an error of the channel',
  withServer(async ({ join }) => {
    const present = await join({ name: 'Present' });
    const all = present.channel('bad', { maxRetransmits: 1, maxPacketLifeTime: 1 });
    const failed = next(all, 'error');
    await join({ name: 'Newcomer' });
    const { error, peer } = await failed;
    assert.equal(error.code, 'CHANNEL_ERROR');
    assert.equal(peer.name, 'Newcomer');
    assert.equal(present.peers.size, 1);
  }),
);
