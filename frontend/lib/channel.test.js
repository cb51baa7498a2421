import assert from 'node:assert/strict';
import { test } from 'node:test';
import { next, received, until } from './testing/await.js';
import { fakeOf } from './testing/fake-rtc.js';
import { pairIn, withServer } from './testing/rooms.js';

/** @typedef {import('./channel.js').Channel} Channel */

const MIB = 1_048_576;
/** Messages as they are, since some may get lost. */
const PLAIN = { maxRetransmits: 9 };

/**
 * An open channel, seen from both sides: the present side asked for it and the newcomer took it.
 *
 * @param {Parameters<typeof pairIn>[0]} join
 * @param {import('./channels.js').ChannelOptions} [options]
 */
async function openChannel(join, options = {}) {
  const pair = await pairIn(join);
  const here = pair.toNewcomer.channel('chat', options);
  const { channel: there } = /** @type {{ channel: Channel }} */ (await next(pair.toPresent, 'channel'));
  await until(() => here.readyState === 'open' && there.readyState === 'open');
  return { ...pair, here, there };
}

test(
  'every kind of message keeps its place, from before open on',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent } = await pairIn(join);
    const here = toNewcomer.channel('chat');
    const bytes = new Uint8Array([9, 1, 2, 9]);
    const sent = [
      here.send('text'),
      here.send(new Blob(['blob'])),
      here.send(bytes.subarray(1, 3)),
      here.send(''),
      here.send(bytes.buffer),
      here.send('last'),
    ];
    // A message is what it was when it was given to send().
    bytes.fill(0);
    const { channel } = await next(toPresent, 'channel');
    const messages = received(channel);
    await Promise.all(sent);
    await until(() => messages.length === sent.length);
    assert.deepEqual(
      messages.map((data) => (typeof data === 'string' ? data : [...new Uint8Array(data)])),
      ['text', [98, 108, 111, 98], [1, 2], '', [9, 1, 2, 9], 'last'],
    );
  }),
);

test(
  'binary messages come as Blob where that is wanted',
  withServer(async ({ join }) => {
    const { here, there } = await openChannel(join);
    there.binaryType = 'blob';
    const message = next(there, 'message');
    await here.send(new Uint8Array([1, 2, 3]));
    const { data, peer } = await message;
    assert.ok(data instanceof Blob);
    assert.equal(data.size, 3);
    assert.equal(peer, there.peer);
  }),
);

test(
  'what is too large or no data is refused, and nothing else',
  withServer(async ({ join }) => {
    const { here, there } = await openChannel(join, PLAIN);
    const messages = received(there);
    for (const data of ['ä'.repeat(131_073), new Uint8Array(262_145), new Blob([new Uint8Array(262_145)])]) {
      await assert.rejects(here.send(data), { code: 'TOO_LARGE' });
    }
    for (const data of [5, null, undefined, {}]) {
      await assert.rejects(here.send(/** @type {any} */ (data)), { code: 'BAD_DATA' });
    }
    await here.send(new Uint8Array(262_144));
    await until(() => messages.length === 1);
    assert.equal(here.readyState, 'open');
  }),
);

test(
  'send waits while more than 1 MiB is buffered, and goes on when it has drained',
  withServer(async ({ join }) => {
    const { here, there, toNewcomer } = await openChannel(join, PLAIN);
    const messages = received(there);
    const { line } = fakeOf(toNewcomer);
    line.held = true;
    let taken = 0;
    const sends = Array.from({ length: 64 }, () => here.send(new Uint8Array(65_536)).then(() => taken++));
    await until(() => taken === 16);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(taken, 16);
    assert.equal(here.bufferedAmount, 4 * MIB);
    line.release();
    await Promise.all(sends);
    await until(() => messages.length === 64);
    assert.equal(here.bufferedAmount, 0);
  }),
);

test(
  'no more than 16 MiB wait, and none is lost of what was not refused',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent } = await pairIn(join);
    const here = toNewcomer.channel('chat', PLAIN);
    const sends = Array.from({ length: 70 }, () => here.send(new Uint8Array(262_144)));
    const results = Promise.allSettled(sends);
    const messages = received((await next(toPresent, 'channel')).channel);
    const refused = (await results).filter(({ status }) => status === 'rejected');
    assert.equal(refused.length, 6);
    assert.equal(/** @type {PromiseRejectedResult} */ (refused[0]).reason.code, 'QUEUE_FULL');
    await until(() => messages.length === 64);
  }),
);

test(
  'closing refuses what waits, tells both sides, and frees the label',
  withServer(async ({ join }) => {
    const { here, there, toNewcomer, toPresent } = await openChannel(join);
    fakeOf(toNewcomer).line.held = true;
    const sends = Array.from({ length: 40 }, () => here.send(new Uint8Array(65_536)));
    const waiting = assert.rejects(/** @type {Promise<void>} */ (sends.at(-1)), { code: 'CHANNEL_CLOSED' });
    void Promise.allSettled(sends);
    here.close();
    await waiting;
    await assert.rejects(here.send('late'), { code: 'CHANNEL_CLOSED' });
    const again = toNewcomer.channel('chat');
    assert.notEqual(again, here);
    const [closedHere, closedThere] = [next(here, 'close'), next(there, 'close')];
    const opened = next(toPresent, 'channel');
    fakeOf(toNewcomer).line.release();
    await Promise.all([closedHere, closedThere]);
    const messages = received((await opened).channel);
    await again.send('anew');
    await until(() => messages.length === 1);
    assert.equal(messages[0], 'anew');
  }),
);

test(
  'a connection that was closed over there is a close here, without an error',
  withServer(async ({ join }) => {
    const { here, newcomer } = await openChannel(join);
    /** @type {unknown[]} */
    const errors = [];
    here.addEventListener('error', ({ error }) => errors.push(error));
    const closed = next(here, 'close');
    newcomer.leave();
    await closed;
    assert.deepEqual(errors, []);
  }),
);

test(
  'a channel that failed says so',
  withServer(async ({ join }) => {
    const { here } = await openChannel(join);
    const failed = next(here, 'error');
    const error = Object.assign(new Error('out of streams'), { sctpCauseCode: 5 });
    here.wire?.dispatchEvent(Object.assign(new Event('error'), { error }));
    const { error: told } = await failed;
    assert.equal(told.code, 'CHANNEL_ERROR');
    assert.match(told.message, /out of streams/);
  }),
);

test(
  'messages wait until somebody listens',
  withServer(async ({ join }) => {
    const { here, there } = await openChannel(join);
    for (const text of ['one', 'two', 'three']) {
      await here.send(text);
    }
    await until(() => here.bufferedAmount === 0);
    const messages = received(there);
    await until(() => messages.length === 3);
    assert.deepEqual(messages, ['one', 'two', 'three']);
  }),
);

test(
  'a channel whose untaken messages pass 256 KiB is closed, and says why',
  withServer(async ({ join }) => {
    const { here, there } = await openChannel(join);
    const [failed, closed] = [next(there, 'error'), next(here, 'close')];
    await here.send(new Uint8Array(262_144));
    await here.send('one too many');
    assert.equal((await failed).error.code, 'UNTAKEN_FULL');
    assert.equal(there.readyState, 'closed');
    await closed;
  }),
);

test(
  'a message that cannot be read or taken is refused, and the next one goes',
  withServer(async ({ join }) => {
    const { here, there, toNewcomer } = await openChannel(join, PLAIN);
    const messages = received(there);
    const gone = new Blob(['x']);
    gone.slice = () => Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new Error('file was moved')) });
    await assert.rejects(here.send(gone), { code: 'BAD_DATA', message: /file was moved/ });
    const wire = [...fakeOf(toNewcomer).channels].find(({ label }) => label === 'chat');
    assert.ok(wire);
    wire.send = () => {
      Reflect.deleteProperty(wire, 'send');
      throw new DOMException('no room', 'OperationError');
    };
    await assert.rejects(here.send('refused'), { code: 'SEND_FAILED', message: /no room/ });
    await here.send('taken');
    await until(() => messages.length === 1);
    assert.deepEqual(messages, ['taken']);
  }),
);

test(
  'closing before there is a connection is a close, too',
  withServer(async ({ join }) => {
    const { toPresent } = await pairIn(join);
    const channel = toPresent.channel('chat');
    const refused = assert.rejects(channel.send('never'), { code: 'CHANNEL_CLOSED' });
    channel.close();
    await refused;
    assert.notEqual(channel.readyState, 'open');
    const again = toPresent.channel('chat');
    again.close();
    assert.equal(again.readyState, 'closed');
  }),
);

test(
  'a reliable channel speaks peerhost.1 and shows its own protocol; any other is as it was',
  withServer(async ({ join }) => {
    const { toNewcomer, toPresent } = await pairIn(join);
    for (const [options, protocol, wire] of /** @type {[{}, string, string][]} */ ([
      [{ protocol: 'files.v1' }, 'files.v1', 'peerhost.1;files.v1'],
      [{}, '', 'peerhost.1'],
      [{ ...PLAIN, protocol: 'p' }, 'p', 'p'],
      [{ ordered: false }, '', ''],
    ])) {
      const label = `label of ${wire}`;
      const came = next(toPresent, 'channel');
      const here = toNewcomer.channel(label, options);
      const { channel: there } = await came;
      assert.deepEqual([here.protocol, there.protocol, there.wire?.protocol], [protocol, protocol, wire]);
    }
  }),
);

test(
  'a message of 20 MiB comes as a whole, with progress, and a small one before it',
  withServer(async ({ join }) => {
    const { here, there } = await openChannel(join);
    const messages = received(there);
    /** @type {number[]} */
    const loaded = [];
    there.addEventListener('progress', (event) => loaded.push(event.loaded / event.total));
    const large = new Uint8Array(20 * MIB).map((_, i) => i % 251);
    await Promise.all([here.send(new Blob([large])), here.send('small')]);
    await until(() => messages.length === 2);
    assert.equal(messages[0], 'small');
    assert.deepEqual(Buffer.from(messages[1]), Buffer.from(large));
    assert.deepEqual([loaded.length, loaded.at(-1)], [Math.ceil((20 * MIB) / 65_535), 1]);
  }),
);

test(
  'what the other side has taken before it left is not undelivered',
  withServer(async ({ join }) => {
    const { here, there, newcomer } = await openChannel(join);
    /** @type {unknown[]} */
    const errors = [];
    here.addEventListener('error', ({ error }) => errors.push(error));
    const closed = next(here, 'close');
    there.addEventListener('message', () => newcomer.leave());
    await here.send('the last');
    await closed;
    assert.deepEqual(errors, []);
  }),
);

test(
  'an end that is not ours says how many messages are undelivered',
  withServer(async ({ join }) => {
    const { here, toNewcomer } = await openChannel(join);
    fakeOf(toNewcomer).line.held = true;
    void here.send('one');
    void here.send('two');
    const failed = next(here, 'error');
    toNewcomer.close();
    const { error } = await failed;
    assert.equal(error.code, 'UNDELIVERED');
    assert.match(error.message, /^2 messages on "chat" are undelivered/);
  }),
);
