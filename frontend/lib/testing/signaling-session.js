import { randomBytes } from 'node:crypto';

/** @typedef {import('ws').WebSocket} WebSocket */
/** @typedef {{ command: string, headers: Map<string, string>, body: string }} Frame */

/** @param {string} text one STOMP 1.2 frame */
export function parse(text) {
  const end = text.indexOf('\n\n');
  const [command, ...lines] = text.slice(0, end).split('\n');
  /** @type {[string, string][]} */
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]);
  return { command, headers: new Map(headers), body: text.slice(end + 2).replace(/\0\n*$/, '') };
}

/** One client's place, with the socket that it has at the moment. */
export class Session {
  id = randomBytes(16).toString('base64url');
  token = randomBytes(16).toString('base64url');
  /** @type {string[]} every message that it was sent */
  log = [];
  name = '';
  subscription = '';
  /** @type {string | undefined} */
  room;

  /** @param {WebSocket} socket */
  constructor(socket) {
    this.socket = socket;
  }

  get info() {
    return { id: this.id, name: this.name, kind: 'browser' };
  }

  /** @param {object} body */
  deliver(body) {
    this.log.push(JSON.stringify({ ...body, seq: this.log.length + 1 }));
    this.write(/** @type {string} */ (this.log.at(-1)));
  }

  /** @param {string} text a message's body */
  write(text) {
    const headers = `destination:/user/queue/room\nsubscription:${this.subscription}\nmessage-id:x`;
    this.socket.send(`MESSAGE\n${headers}\n\n${text}\0`);
  }
}
