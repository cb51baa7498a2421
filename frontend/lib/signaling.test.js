import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mock, test } from 'node:test';
import { WebSocketServer } from 'ws';
import { Signaling } from './signaling.js';
import { until } from './testing/await.js';
import { SignalingServer } from './testing/signaling-server.js';

/** @param {string} url */
function listenTo(url) {
  /** @type {string[]} */
  const events = [];
  const signaling = new Signaling(url, {
    welcome: (resumed) => events.push(resumed ? 'resumed' : 'welcome'),
    message: ({ type }) => events.push(type),
    lost: (error) => events.push(error?.code ?? 'suspended'),
  });
  return { events, signaling };
}

test('it waits for the welcome, and comes back when it was cut off', async () => {
  const server = new SignalingServer();
  const { events, signaling } = listenTo(await server.listen());
  signaling.send('/app/rooms/demo/join', { name: 'too early' });
  signaling.connect();
  await until(() => events.length === 1);
  server.drop();
  await until(() => events.length === 3);
  signaling.send('/app/rooms/demo/join', {});
  await until(() => events.length === 4);
  assert.deepEqual(events, ['welcome', 'SIGNALING_UNREACHABLE', 'welcome', 'roster']);
  assert.equal(server.sent.length, 1);
  signaling.close();
  await until(() => server.sessions.size === 0);
  await server.close();
});

test('it speaks STOMP 1.2 and subscribes to its queue, nothing else', async () => {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, handleProtocols: (protocols) => [...protocols].join() });
  /** @type {string[]} */
  const frames = [];
  sockets.on('connection', (socket) => {
    frames.push(socket.protocol);
    socket.on('message', (data) => {
      frames.push(data.toString());
      if (frames.length === 2) {
        socket.send('CONNECTED\nversion:1.2\n\n\0');
      } else {
        socket.send('ERROR\nmessage:This queue is not for you\n\n\0');
        socket.close();
      }
    });
  });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (http.address());
  const { events, signaling } = listenTo(`ws://127.0.0.1:${port}/`);
  signaling.connect();
  await until(() => events.length === 1);
  signaling.close();
  assert.deepEqual(events, ['SIGNALING_ERROR']);
  assert.equal(frames[0], 'v12.stomp');
  assert.match(frames[1], /^CONNECT\naccept-version:1.2\nheart-beat:10000,10000\n/);
  assert.match(frames[2], /^SUBSCRIBE\n(.*\n)?destination:\/user\/queue\/room\n/);
  assert.equal(frames.length, 3);
  http.close();
  http.closeAllConnections();
});

test('what is no JSON ends the session, and another follows', async () => {
  const server = new SignalingServer();
  const { events, signaling } = listenTo(await server.listen());
  signaling.connect();
  await until(() => events.length === 1);
  const [session] = server.sessions;
  session.socket.send(`MESSAGE\nsubscription:${session.subscription}\nmessage-id:x\n\nnonsense\0`);
  await until(() => events.length === 3);
  assert.deepEqual(events, ['welcome', 'SIGNALING_ERROR', 'welcome']);
  signaling.close();
  await server.close();
});

test('closing while it connects leaves nothing', async () => {
  const server = new SignalingServer();
  const { events, signaling } = listenTo(await server.listen());
  signaling.connect();
  signaling.close();
  signaling.close();
  await new Promise((resolve) => setImmediate(resolve));
  await until(() => server.sessions.size === 0);
  assert.deepEqual(events, []);
  await server.close();
});

test('a torn socket is resumed: what was missed comes once and in order, and so does what was sent meanwhile', async () => {
  const server = new SignalingServer();
  const url = await server.listen();
  const { events, signaling } = listenTo(url);
  signaling.connect();
  await until(() => events.length === 1);
  const [session] = server.sessions;
  session.deliver({ type: 'one' });
  await until(() => events.length === 2);
  server.tear();
  await until(() => events.at(-1) === 'SIGNALING_UNREACHABLE');
  session.deliver({ type: 'two' });
  session.deliver({ type: 'three' });
  for (let i = 0; i < 3; i++) {
    signaling.send('/app/rooms/demo/offer', { i });
  }
  await until(() => events.length === 6 && server.sent.length === 3);
  assert.deepEqual(events, ['welcome', 'one', 'SIGNALING_UNREACHABLE', 'resumed', 'two', 'three']);
  assert.deepEqual(
    server.sent.map(({ body }) => body.i),
    [0, 1, 2],
  );
  assert.equal(server.sessions.size, 1);
  signaling.close();
  await server.close();
});

test('with more to send than it keeps it starts anew', async () => {
  const server = new SignalingServer();
  const { events, signaling } = listenTo(await server.listen());
  signaling.connect();
  await until(() => events.length === 1);
  server.tear();
  await until(() => events.length === 2);
  for (let i = 0; i < 1_025; i++) {
    signaling.send('/app/rooms/demo/offer', { i });
  }
  await until(() => events.length === 3);
  assert.equal(events[2], 'welcome');
  assert.equal(server.sent.length, 0);
  signaling.close();
  await server.close();
});

test('told that the network may be another one it does not wait for its next try', async () => {
  const random = mock.method(Math, 'random', () => 1e9);
  const server = new SignalingServer();
  try {
    const { events, signaling } = listenTo(await server.listen());
    signaling.connect();
    await until(() => events.length === 1);
    server.tear();
    await until(() => events.length === 2);
    signaling.check();
    await until(() => events.length === 3);
    assert.equal(events[2], 'resumed');
    signaling.close();
  } finally {
    random.mock.restore();
    await server.close();
  }
});

test('a socket that carries nothing any more is given up for another, one that does is kept', async () => {
  const server = new SignalingServer();
  const { events, signaling } = listenTo(await server.listen());
  signaling.connect();
  await until(() => events.length === 1);
  const [session] = server.sessions;
  signaling.check();
  await until(() => server.probes === 1);
  session.socket.removeAllListeners('message');
  const before = session.socket;
  signaling.check();
  await until(() => events.length === 3);
  assert.deepEqual(events, ['welcome', 'TIMEOUT', 'resumed']);
  assert.notEqual(session.socket, before);
  signaling.close();
  await server.close();
});

test('tries are spread from the first, and never more than 4 s apart', async () => {
  /** @type {number[]} */
  const delays = [];
  const { setTimeout: soon } = globalThis;
  const timer = mock.method(globalThis, 'setTimeout', (/** @type {() => void} */ run, /** @type {number} */ ms) => {
    delays.push(ms);
    return soon(run, 0);
  });
  const random = mock.method(Math, 'random', () => 0.5);
  try {
    const { events, signaling } = listenTo('ws:// nowhere');
    signaling.connect();
    while (events.length < 6) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    signaling.close();
    assert.deepEqual(delays.slice(0, 5), [250, 500, 1_000, 2_000, 2_000]);
  } finally {
    timer.mock.restore();
    random.mock.restore();
  }
});

test('each heart-beat of the server is answered, since a hidden page may have no timer of its own', async () => {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, handleProtocols: (protocols) => [...protocols].join() });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (http.address());
  /** @type {string[]} */
  const came = [];
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      came.push(String(data));
      if (came.at(-1)?.startsWith('CONNECT')) {
        socket.send('CONNECTED\nversion:1.2\nheart-beat:60000,60000\n\n\0');
      } else if (came.at(-1)?.startsWith('SUBSCRIBE')) {
        socket.send('\n');
      }
    });
  });
  const { signaling } = listenTo(`ws://127.0.0.1:${port}`);
  signaling.connect();
  await until(() => came.at(-1) === '\n');
  assert.equal(came.length, 3);
  signaling.close();
  http.closeAllConnections();
  await new Promise((resolve) => http.close(resolve));
});
