import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { WebSocketServer } from 'ws';
import { Signaling } from './signaling.js';
import { until } from './testing/await.js';
import { SignalingServer } from './testing/signaling-server.js';

/** @param {string} url */
function listenTo(url) {
  /** @type {string[]} */
  const events = [];
  const signaling = new Signaling(url, {
    welcome: () => events.push('welcome'),
    message: ({ type }) => events.push(type),
    lost: ({ code }) => events.push(code),
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
