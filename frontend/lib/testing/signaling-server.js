import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { parse, Session } from './signaling-session.js';

/** @typedef {import('ws').WebSocket} WebSocket */
/** @typedef {import('./signaling-session.js').Frame} Frame */

/**
 * The signaling protocol of docs/protocol.md in memory, as far as the library needs it in tests. It has a server peer
 * in its rosters if told so, but that one refuses every offer.
 */
export class SignalingServer {
  /** @type {Set<Session>} */
  sessions = new Set();
  /** @type {{ destination: string, body: any, from: string }[]} every SEND that came */
  sent = [];
  /** @type {(destination: string, body: any) => string | undefined} a code for what is to be refused */
  refuse = () => undefined;
  /** What gets lost on its way. */
  swallow = (/** @type {{ destination: string }} */ _message) => false;
  swallowed = 0;
  /** Frames that asked for nothing but a receipt. */
  probes = 0;
  /** Whether a server peer is in the rosters. */
  serverPeer = false;
  /**
   * Takes what is sent to the server peer, in place of the refusal.
   *
   * @type {((session: Session, type: string, body: any) => void) | undefined}
   */
  toServerPeer;
  /** Whether CONNECT is answered. */
  answers = true;

  /** @param {import('node:http').Server} [http] one that serves pages too */
  constructor(http = createServer()) {
    this.http = http;
    const sockets = new WebSocketServer({ server: http, handleProtocols: () => 'v12.stomp' });
    sockets.on('connection', (socket) => this.#opened(socket));
  }

  /** @returns {Promise<string>} the WebSocket's address */
  listen() {
    return new Promise((resolve) => {
      this.http.listen(0, '127.0.0.1', () => {
        const address = /** @type {import('node:net').AddressInfo} */ (this.http.address());
        resolve(`ws://127.0.0.1:${address.port}/__/peerhost/signaling`);
      });
    });
  }

  /** Cuts every connection and forgets everybody, as a restart does. */
  drop() {
    for (const session of [...this.sessions]) {
      this.sessions.delete(session);
      session.socket.terminate();
    }
  }

  /** Cuts connections, and keeps everybody's place. */
  tear(sessions = this.sessions) {
    for (const { socket } of sessions) {
      socket.terminate();
    }
  }

  /** @param {Session} session whose time is over */
  expire(session) {
    this.sessions.delete(session);
    this.#left(session, 'lost');
  }

  async close() {
    this.drop();
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  /** @param {WebSocket} socket */
  #opened(socket) {
    let session = new Session(socket);
    let seen = -1;
    socket.on('message', (data) => {
      const text = data.toString();
      const frame = parse(text);
      if (frame.command === 'CONNECT' && this.answers) {
        const token = frame.headers.get('resume');
        const before = [...this.sessions].find((other) => other.token === token);
        seen = before ? Number(frame.headers.get('last-seq')) : -1;
        session = Object.assign(before ?? session, { socket });
        this.sessions.add(session);
        socket.send('CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0');
      } else if (frame.command === 'SUBSCRIBE') {
        session.subscription = frame.headers.get('id') ?? '';
        const resumed = seen >= 0;
        session.write(JSON.stringify({ type: 'welcome', self: session.id, resume: session.token, resumed }));
        for (const missed of resumed ? session.log.slice(seen) : []) {
          session.write(missed);
        }
      } else if (text !== '\n') {
        this.#received(session, frame);
      }
    });
  }

  /**
   * @param {Session} session
   * @param {Frame} frame
   */
  #received(session, { command, headers, body }) {
    const { socket } = session;
    if (command === 'ACK') {
      this.probes++;
      socket.send(`RECEIPT\nreceipt-id:${headers.get('receipt')}\n\n\0`);
    } else if (command === 'SEND') {
      this.#message(session, headers.get('destination') ?? '', JSON.parse(body));
    } else if (command === 'DISCONNECT') {
      this.sessions.delete(session);
      this.#left(session, 'left');
      socket.send(`RECEIPT\nreceipt-id:${headers.get('receipt')}\n\n\0`);
    }
  }

  /**
   * @param {Session} session
   * @param {string} destination
   * @param {any} body
   */
  #message(session, destination, body) {
    if (this.swallow({ destination })) {
      this.swallowed++;
      return;
    }
    this.sent.push({ destination, body, from: session.id });
    const [room, type] = destination.split('/').slice(3);
    const to = [...this.sessions].find(({ id, room: its }) => id === body.to && its === room);
    const toServer = body.to === 'server';
    const missing = toServer ? 'SERVER_PEER_UNAVAILABLE' : 'UNKNOWN_PEER';
    const reached = !body.to || to || (toServer && this.toServerPeer);
    const code = this.refuse(destination, body) ?? (reached ? undefined : missing);
    if (code) {
      session.deliver({ type: 'rejected', code, message: `${code}: try another way`, destination });
    } else if (type === 'join') {
      this.#joined(session, room, body.name);
    } else if (type === 'leave') {
      this.#left(session, 'left');
    } else if (toServer) {
      this.toServerPeer?.(session, type, body);
    } else {
      to?.deliver({ ...body, type, room, from: session.id, to: undefined });
    }
  }

  /**
   * @param {Session} session
   * @param {string} room
   * @param {string} name
   */
  #joined(session, room, name) {
    const others = [...this.sessions].filter((other) => other.room === room);
    session.room = room;
    session.name = name;
    const server = this.serverPeer ? [{ id: 'server', name: 'server', kind: 'server' }] : [];
    const peers = [...others.map(({ info }) => info), ...server];
    session.deliver({ type: 'roster', room, self: session.id, peers });
    for (const other of others) {
      other.deliver({ type: 'joined', room, peer: session.info });
    }
  }

  /**
   * @param {Session} session
   * @param {'left' | 'lost'} reason
   */
  #left(session, reason) {
    const { room } = session;
    session.room = undefined;
    for (const other of this.sessions) {
      if (room && other.room === room) {
        other.deliver({ type: 'left', room, peer: session.id, reason });
      }
    }
  }
}
