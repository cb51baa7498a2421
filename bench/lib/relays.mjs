// The signaling servers, and a client for each: all on ws, in rooms of two, each with its own envelope around one text.
import { io } from 'socket.io-client';
import WebSocket from 'ws';
import { path, peerhost, SITE } from './servers.mjs';

/**
 * One of the two clients in a room.
 *
 * @typedef {object} Client
 * @property {(text: string) => void} send to the other one, once both are there
 * @property {(text: string) => void} received is called with what the other one sent; to be set
 * @property {() => void} close
 */

/**
 * @typedef {object} Relay
 * @property {string} name
 * @property {(port: number) => string[]} command program and arguments
 * @property {(url: string, room: string, side: 0 | 1) => Promise<Client>} join the room; 0 does so before 1
 */

/** @returns {Promise<WebSocket>} an open one whose messages go to `receive` */
function open(url, receive, protocol) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace('http', 'ws'), protocol, { perMessageDeflate: false });
    socket.on('message', (data) => receive(data.toString(), socket));
    socket.on('open', () => resolve(socket));
    socket.on('error', reject);
  });
}

/** @type {(resolve: (value?: unknown) => void) => Client} */
const nobody = () => ({ send: () => {}, received: () => {}, close: () => {} });

async function joinPeerServer(url, room, side) {
  const client = nobody();
  const [self, other] = [`${room}-${side}`, `${room}-${1 - side}`];
  let welcome = () => {};
  const welcomed = new Promise((resolve) => {
    welcome = resolve;
  });
  const socket = await open(`${url}/peerjs?key=peerjs&id=${self}&token=${self}&version=1.5.5`, (text) => {
    const { type, payload } = JSON.parse(text);
    if (type === 'OPEN') {
      welcome();
    } else if (type === 'OFFER') {
      client.received(payload.sdp);
    }
  });
  await welcomed;
  client.send = (sdp) => socket.send(JSON.stringify({ type: 'OFFER', dst: other, payload: { sdp } }));
  client.close = () => socket.terminate();
  return client;
}

async function joinSocketIo(url, room) {
  const client = nobody();
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, perMessageDeflate: false });
  socket.on('message', (text) => client.received(text));
  await new Promise((resolve, reject) => socket.on('connect', resolve).on('connect_error', reject));
  await new Promise((resolve) => socket.emit('join', room, resolve));
  client.send = (text) => socket.emit('message', room, text);
  client.close = () => socket.disconnect();
  return client;
}

async function joinWs(url, room) {
  const client = nobody();
  let welcome = () => {};
  const welcomed = new Promise((resolve) => {
    welcome = resolve;
  });
  const socket = await open(url, (message) => {
    const { text } = JSON.parse(message);
    if (text === undefined) {
      welcome();
    } else {
      client.received(text);
    }
  });
  socket.send(JSON.stringify({ join: room }));
  await welcomed;
  client.send = (text) => socket.send(JSON.stringify({ text }));
  client.close = () => socket.terminate();
  return client;
}

async function joinPeerhost(url, room) {
  const client = nobody();
  let other = '';
  let enter = () => {};
  const entered = new Promise((resolve) => {
    enter = resolve;
  });
  const say = (socket, verb, body) =>
    socket.send(`SEND\ndestination:/app/rooms/${room}/${verb}\n\n${JSON.stringify(body)}\0`);
  const take = {
    welcome: (_, socket) => say(socket, 'join', {}),
    roster: ({ peers }) => {
      other = peers.find(({ kind }) => kind === 'browser')?.id;
      enter();
    },
    joined: ({ peer }) => {
      other = peer.id;
    },
    offer: ({ sdp }) => client.received(sdp),
  };
  const receive = (frame, socket) => {
    if (frame.startsWith('CONNECTED')) {
      socket.send('SUBSCRIBE\nid:0\ndestination:/user/queue/room\n\n\0');
    } else if (frame.startsWith('MESSAGE')) {
      const message = JSON.parse(frame.slice(frame.indexOf('\n\n') + 2, -1));
      take[message.type]?.(message, socket);
    }
  };
  const socket = await open(`${url}/__/peerhost/signaling`, receive, 'v12.stomp');
  socket.send('CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0');
  await entered;
  client.send = (sdp) => say(socket, 'offer', { to: other, sdp });
  client.close = () => socket.terminate();
  return client;
}

const node = (file) => (port) => [process.execPath, path(file), String(port)];

/** @type {Relay[]} */
export const RELAYS = [
  {
    name: 'PeerServer 1.0.2',
    command: node('servers/peer-server.mjs'),
    join: joinPeerServer,
  },
  { name: 'socket.io 4.8', command: node('servers/relay-socket-io.mjs'), join: joinSocketIo },
  { name: 'ws 8, bare', command: node('servers/relay-ws.mjs'), join: joinWs },
  { name: 'Peerhost', command: (port) => peerhost(port, SITE), join: joinPeerhost },
];
