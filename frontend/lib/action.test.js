import assert from 'node:assert/strict';
import { test } from 'node:test';
import { next, until } from './testing/await.js';
import { pairIn, withServer } from './testing/rooms.js';

/** @typedef {import('./action.js').Action} Action */

/** @param {Action} action */
function heard(action) {
  /** @type {any[]} */
  const messages = [];
  action.addEventListener('message', ({ data, metadata, peer }) => messages.push([peer.name, data, metadata]));
  return messages;
}

test(
  'a message goes to one, some or all, with what JSON has and metadata beside it',
  withServer(async ({ join }) => {
    const rooms = [await join({ name: 'Ada' }), await join({ name: 'Bob' }), await join({ name: 'Cleo' })];
    const [ada, bob, cleo] = rooms.map((room) => room.action('move'));
    const [byBob, byCleo] = [heard(bob), heard(cleo)];
    await until(() => rooms[0].peers.size === 2);
    const [toBob, toCleo] = [...rooms[0].peers.values()];
    await ada.send({ x: 1, deep: [null, true, 'ä'] }, { metadata: { turn: 7 } });
    await ada.send('one', { to: toBob });
    await ada.send(['some'], { to: [toBob, toCleo] });
    await ada.send('nobody', { to: [] });
    await ada.send(undefined);
    await until(() => byBob.length === 4 && byCleo.length === 3);
    const toAll = ['Ada', { x: 1, deep: [null, true, 'ä'] }, { turn: 7 }];
    assert.deepEqual(byBob, [toAll, ['Ada', 'one', undefined], ['Ada', ['some'], undefined], ['Ada', null, undefined]]);
    assert.deepEqual(byCleo, [toAll, ['Ada', ['some'], undefined], ['Ada', null, undefined]]);
    assert.equal(rooms[0].action('move'), ada);
    assert.equal(ada.name, 'move');
  }),
);

test(
  'binary data arrives as an ArrayBuffer, with its metadata',
  withServer(async ({ join }) => {
    const { present, newcomer } = await pairIn(join);
    const messages = heard(newcomer.action('file'));
    const file = present.action('file');
    const bytes = new Uint8Array([9, 1, 2, 3, 9]);
    await file.send(bytes.subarray(1, 4), { metadata: { name: 'ä.bin' } });
    await file.send(new Blob([bytes]));
    await file.send(new ArrayBuffer(0));
    await until(() => messages.length === 3);
    assert.deepEqual(
      messages.map(([, data, metadata]) => [[...new Uint8Array(data)], metadata]),
      [
        [[1, 2, 3], { name: 'ä.bin' }],
        [[9, 1, 2, 3, 9], undefined],
        [[], undefined],
      ],
    );
  }),
);

test(
  'a large message tells how far it is, and can be given up before it has left',
  withServer(async ({ join }) => {
    const { present, newcomer } = await pairIn(join);
    const messages = heard(newcomer.action('file'));
    const file = present.action('file');
    /** @type {number[]} */
    const loaded = [];
    const bytes = new Uint8Array(300_000);
    await file.send(bytes, { progress: (sofar, total) => loaded.push(sofar / total) });
    assert.equal(loaded.at(-1), 1);
    assert.ok(loaded.length > 1);
    await assert.rejects(file.send(bytes, { signal: AbortSignal.abort() }), { code: 'ABORTED' });
    await file.send('after');
    await until(() => messages.length === 2);
    assert.deepEqual([messages[0][1].byteLength, messages[1][1]], [300_000, 'after']);
  }),
);

test(
  'a request is answered by the one who was asked',
  withServer(async ({ join }) => {
    const { present, newcomer, toPresent, toNewcomer } = await pairIn(join);
    newcomer
      .action('sum')
      .respond(async (data, { peer, metadata }) => ({ sum: data[0] + data[1], by: peer.name, metadata }));
    present.action('sum').respond((data) => new Uint8Array(data).reverse());
    const asked = [
      present.action('sum').request(toNewcomer, [1, 2], { metadata: 'please' }),
      present.action('sum').request(toNewcomer, [3, 4]),
      newcomer.action('sum').request(toPresent, new Uint8Array([5, 6])),
    ];
    const [first, second, third] = await Promise.all(asked);
    assert.deepEqual(first, { sum: 3, by: 'Present', metadata: 'please' });
    assert.deepEqual(second, { sum: 7, by: 'Present' });
    assert.deepEqual([...new Uint8Array(third)], [6, 5]);
  }),
);

test(
  'a request that is not answered says why',
  withServer(async ({ join }) => {
    const { present, newcomer, toNewcomer } = await pairIn(join);
    const ask = present.action('ask');
    const answerer = newcomer.action('ask');
    await assert.rejects(ask.request(toNewcomer, 1), { code: 'NO_RESPONDER' });
    answerer.respond(() => {
      throw new Error('no such thing');
    });
    await assert.rejects(ask.request(toNewcomer, 1), { code: 'REQUEST_FAILED', message: /no such thing/ });
    answerer.respond(() => 7n);
    await assert.rejects(ask.request(toNewcomer, 1), { code: 'REQUEST_FAILED', message: /BigInt/ });
    answerer.respond(() => new Promise(() => {}));
    await assert.rejects(ask.request(toNewcomer, 1, { timeout: 1 }), { code: 'TIMEOUT' });
    const giveUp = new AbortController();
    const given = ask.request(toNewcomer, 1, { signal: giveUp.signal });
    giveUp.abort('enough');
    await assert.rejects(given, { code: 'ABORTED', cause: 'enough' });
    await assert.rejects(ask.send(7n), { code: 'BAD_DATA' });
    toNewcomer.channel('peerhost.action.ask').close();
    const anew = ask.request(toNewcomer, 1);
    answerer.close();
    await assert.rejects(anew, { code: 'PEER_CLOSED' });
    const waits = ask.request(toNewcomer, 1);
    newcomer.leave();
    await assert.rejects(waits, { code: 'PEER_CLOSED', message: /Newcomer/ });
    await assert.rejects(ask.request(toNewcomer, 1), { code: 'PEER_CLOSED' });
  }),
);

test(
  'no more than 1,024 requests wait',
  withServer(async ({ join }) => {
    const { present, newcomer, toNewcomer } = await pairIn(join);
    newcomer.action('ask').respond(() => new Promise(() => {}));
    const ask = present.action('ask');
    const waiting = Array.from({ length: 1024 }, () => ask.request(toNewcomer, 1));
    await assert.rejects(ask.request(toNewcomer, 1), { code: 'QUEUE_FULL' });
    ask.close();
    const ends = await Promise.allSettled(waiting);
    assert.ok(ends.every((end) => end.status === 'rejected'));
    assert.notEqual(present.action('ask'), ask);
  }),
);

test(
  'what is no message of an action is an error of its sender, and costs nobody else',
  withServer(async ({ join }) => {
    const { present, newcomer, toPresent } = await pairIn(join);
    const action = present.action('move');
    const messages = heard(action);
    const raw = toPresent.channel('peerhost.action.move');
    const head = (/** @type {string} */ text) => {
      const bytes = new TextEncoder().encode(`    ${text}`);
      new DataView(bytes.buffer).setUint32(0, text.length);
      return bytes;
    };
    const bad = ['', 'no JSON', 'null', '{}', '{"type":"request"}', '{"type":"nonsense","id":1}', new Uint8Array(3)];
    for (const message of [...bad, new Uint8Array([255, 255, 255, 255]), head('{"type":1}')]) {
      const failed = next(action, 'error');
      await raw.send(message);
      const { error, peer } = await failed;
      assert.deepEqual([error.code, peer.name], ['BAD_DATA', 'Newcomer']);
    }
    await raw.send('{"type":"response","id":99,"data":"unasked"}');
    await newcomer.action('move').send('well');
    await until(() => messages.length === 1);
    assert.deepEqual(messages[0][1], 'well');
  }),
);
