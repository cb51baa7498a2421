import { FakePeerConnection } from './fake-rtc.js';

/** @typedef {import('./fake-channel.js').FakeDataChannel} FakeDataChannel */
/** @typedef {import('./signaling-server.js').SignalingServer} SignalingServer */

/** A server peer in memory that sends every message back; a new offer begins a connection beside those before. */
export class FakeServerPeer {
  /** @type {FakePeerConnection[]} one for each offer */
  connections = [];
  /** @type {string[]} what has come, on whatever connection */
  received = [];
  /** Whether it answers. */
  answers = true;
  /** Turns of the event loop that an answer to a message takes. */
  delay = 0;

  /** @param {SignalingServer} server */
  constructor(server) {
    this.server = server;
    server.serverPeer = true;
    server.toServerPeer = (session, type, body) => {
      if (type === 'offer' && this.answers) {
        void this.#answer(body.sdp, (sdp) =>
          session.deliver({ type: 'answer', room: session.room, from: 'server', sdp }),
        );
      }
    };
  }

  /**
   * Asks everybody to connect anew.
   *
   * @param {number} within milliseconds
   */
  askToReconnect(within) {
    for (const session of this.server.sessions) {
      session.deliver({ type: 'reconnect', room: session.room, from: 'server', within });
    }
  }

  close() {
    for (const connection of this.connections) {
      connection.close();
    }
  }

  /**
   * @param {string} sdp
   * @param {(sdp: string) => void} send
   */
  async #answer(sdp, send) {
    const connection = new FakePeerConnection();
    this.connections.push(connection);
    connection.addEventListener('datachannel', (event) => this.#echo(/** @type {any} */ (event).channel));
    await connection.setRemoteDescription({ type: 'offer', sdp });
    await connection.setLocalDescription();
    send(connection.localDescription?.sdp ?? '');
  }

  /** @param {FakeDataChannel} channel */
  #echo(channel) {
    channel.addEventListener('message', async (event) => {
      const { data } = /** @type {MessageEvent} */ (event);
      this.received.push(data);
      for (let turns = 0; turns < this.delay; turns++) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (channel.readyState === 'open') {
        channel.send(data);
      }
    });
  }
}
