import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { mock, test } from 'node:test';
import { joinRoom, PeerhostError } from './peerhost.js';
import { FakePeerConnection } from './testing/fake-rtc.js';
import { withServer } from './testing/rooms.js';

/** @param {string} code */
const refusedWith = (code) => (/** @type {unknown} */ error) => {
  assert.ok(error instanceof PeerhostError);
  assert.equal(error.code, code);
  assert.ok(error.message.length > 10, error.message);
  return true;
};

test(
  'a room knows who we are and where',
  withServer(async ({ join, server }) => {
    const room = await join({ name: 'Ada' });
    const [session] = server.sessions;
    assert.equal(room.self, session.id);
    assert.equal(room.id, 'demo');
    assert.equal(room.state, 'connected');
    assert.deepEqual(server.sent[0], { destination: '/app/rooms/demo/join', body: { name: 'Ada' }, from: session.id });
  }),
);

test('a name that is no room is refused without a server', async () => {
  for (const name of ['', 'a b', 'ä', 'x'.repeat(65), '../x', undefined]) {
    await assert.rejects(
      joinRoom(/** @type {string} */ (name), { url: 'ws://127.0.0.1:9/' }),
      refusedWith('BAD_ROOM'),
      name,
    );
  }
});

test('an address that is no WebSocket is refused', async () => {
  await assert.rejects(joinRoom('demo', { url: 'ftp://127.0.0.1/' }), refusedWith('BAD_URL'));
});

test('a bad rtcConfig is refused without a server', async () => {
  const rtcConfig = { iceServers: [{ urls: 'nonsense' }] };
  await assert.rejects(joinRoom('demo', { url: 'ws://127.0.0.1:9/', rtcConfig }), refusedWith('BAD_RTC_CONFIG'));
});

test(
  "the server's refusals keep their code",
  withServer(async ({ join, server }) => {
    for (const code of ['ROOM_FULL', 'BAD_BODY', 'TOO_MANY_ROOMS']) {
      server.refuse = () => code;
      await assert.rejects(join(), refusedWith(code));
    }
  }),
);

test('a server that is not there is unreachable, at once', async () => {
  const started = Date.now();
  await assert.rejects(
    joinRoom('demo', { url: 'ws://127.0.0.1:1/', rtcConfig: {} }),
    refusedWith('SIGNALING_UNREACHABLE'),
  );
  assert.ok(Date.now() - started < 9_000);
});

test('a server that says nothing costs no more than the timeout', async () => {
  const silent = createServer(() => {});
  await new Promise((resolve) => silent.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (silent.address());
  const url = `ws://127.0.0.1:${port}/`;
  await assert.rejects(joinRoom('demo', { url, rtcConfig: {}, timeout: 50 }), refusedWith('TIMEOUT'));
  silent.close();
});

test(
  'a server that takes us without a welcome, too',
  withServer(async ({ join, server }) => {
    server.answers = false;
    await assert.rejects(join({ timeout: 100 }), refusedWith('TIMEOUT'));
  }),
);

test(
  'joining can be aborted before and while',
  withServer(async ({ join, server }) => {
    const sockets = mock.method(globalThis, 'WebSocket');
    await assert.rejects(join({ signal: AbortSignal.abort() }), refusedWith('ABORTED'));
    assert.equal(sockets.mock.callCount(), 0);
    sockets.mock.restore();
    server.answers = false;
    const abort = new AbortController();
    const joining = join({ signal: abort.signal });
    abort.abort();
    await assert.rejects(joining, refusedWith('ABORTED'));
  }),
);

test(
  'several rooms at once do not meet',
  withServer(async ({ join, server }) => {
    const one = await join();
    const url = `ws://127.0.0.1:${/** @type {any} */ (server.http.address()).port}/`;
    const two = await joinRoom('other', { url, rtcConfig: {} });
    assert.equal(one.peers.size + two.peers.size, 0);
    assert.notEqual(one.self, two.self);
    two.leave();
  }),
);

test('nothing of it is left', () => assert.equal(FakePeerConnection.open, 0));
