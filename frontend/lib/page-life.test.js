import assert from 'node:assert/strict';
import { test } from 'node:test';
import { next, until } from './testing/await.js';
import { fakeOf } from './testing/fake-rtc.js';
import { pairIn, withServer } from './testing/rooms.js';

const page = new EventTarget();
Object.assign(globalThis, {
  addEventListener: page.addEventListener.bind(page),
  removeEventListener: page.removeEventListener.bind(page),
});

/** @param {boolean} persisted */
const hide = (persisted) => page.dispatchEvent(Object.assign(new Event('pagehide'), { persisted }));

test(
  'a page that ends leaves at once',
  withServer(async ({ join, server }) => {
    const { present, newcomer } = await pairIn(join);
    hide(false);
    assert.deepEqual([present.state, newcomer.state], ['closed', 'closed']);
    await until(() => server.sessions.size === 0);
    assert.ok(server.sent.some(({ destination }) => destination.endsWith('/leave')));
  }),
);

test(
  'a page that ends while it leaves does not wait for what is on its way',
  withServer(async ({ join, server }) => {
    const { present, newcomer, toPresent, toNewcomer } = await pairIn(join);
    await next(toPresent.channel('chat'), 'open');
    fakeOf(toPresent).line.held = true;
    const left = next(present, 'peerleave');
    newcomer.leave();
    assert.deepEqual([newcomer.state, toPresent.state], ['closed', 'closed']);
    assert.ok(!server.sent.some(({ destination }) => destination.endsWith('/leave')));
    const { connection } = toPresent;
    hide(false);
    assert.equal((await left).peer, toNewcomer);
    // What is held has not arrived, and has not been given up.
    assert.equal(connection.signalingState, 'stable');
  }),
);

test(
  'a page that is put aside keeps its place, and goes on when it comes back',
  withServer(async ({ join, server }) => {
    const room = await join();
    const { self } = room;
    hide(true);
    assert.equal(room.state, 'reconnecting');
    page.dispatchEvent(new Event('pageshow'));
    await until(() => room.state === 'connected');
    assert.equal(room.self, self);
    assert.ok(!server.sent.some(({ destination }) => destination.endsWith('/leave')));
  }),
);
