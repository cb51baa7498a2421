import { FakeDataChannel } from './fake-channel.js';
import { Line } from './fake-line.js';
import { FakeNegotiation } from './fake-negotiation.js';

/** @type {Map<string, FakePeerConnection>} so that two find each other by their descriptions */
const connections = new Map();

/** @param {string | undefined} sdp */
const idIn = (sdp) => /fingerprint:(\S+)/.exec(sdp ?? '')?.[1] ?? '';

/**
 * An RTCPeerConnection in memory, with data channels over two lines that a test can hold up. Two connect when each has the
 * other's description.
 */
export class FakePeerConnection extends FakeNegotiation {
  /** Connections that were made and not closed. */
  static get open() {
    return connections.size;
  }

  /** As its statistics have them. */
  messagesReceived = 0;
  connectionState = 'new';
  /** @type {(EventTarget & { maxMessageSize: number, state: string, transport: { state: string } }) | null} */
  sctp = null;
  line = new Line();
  /** @type {Set<FakeDataChannel>} */
  channels = new Set();
  /** @type {FakePeerConnection | undefined} */
  other;
  #needed = false;
  broken = false;
  healedAt = 0;

  /** @param {RTCConfiguration} [config] */
  constructor({ iceServers = [] } = {}) {
    super();
    for (const { urls } of iceServers) {
      if (!/^(stun|turn)s?:/.test(String(urls))) {
        throw new DOMException(`"${urls}" is no STUN or TURN server`, 'SyntaxError');
      }
    }
    connections.set(this.id, this);
  }

  /**
   * @param {string} label
   * @param {RTCDataChannelInit} [options]
   */
  createDataChannel(label, options = {}) {
    if (this.signalingState === 'closed') {
      throw new DOMException('closed', 'InvalidStateError');
    }
    if (options.maxRetransmits !== undefined && options.maxPacketLifeTime !== undefined) {
      throw new TypeError('maxRetransmits and maxPacketLifeTime');
    }
    const channel = new FakeDataChannel(this, label, options);
    this.channels.add(channel);
    if (this.other) {
      setImmediate(() => channel.connect());
    } else if (!this.#needed) {
      this.#needed = true;
      this.negotiate();
    }
    return channel;
  }

  /**
   * The network between this and the other end breaks: both are told, and only a restart of ICE that both take part in, or
   * another connection, mends it.
   *
   * @param {RTCPeerConnectionState} state
   */
  break(state) {
    for (const end of [this, this.other]) {
      if (end) {
        end.broken = true;
        end.line.held = true;
        end.become(state);
      }
    }
  }

  /** Whether anything gets through after the next restart of ICE. */
  static restartsWork = true;

  #heal() {
    const { other } = this;
    const agreed = [this, other].every((end) => end?.signalingState === 'stable');
    if (!this.broken || !other?.broken || !agreed || !FakePeerConnection.restartsWork) {
      return;
    }
    if (this.generation + other.generation > this.healedAt) {
      for (const end of [this, other]) {
        end.broken = false;
        end.healedAt = this.generation + other.generation;
        setImmediate(() => end.signalingState !== 'closed' && end.become('connected'));
        end.line.release();
      }
    }
  }

  /** @param {string} state a network's doing */
  become(state) {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }

  /** @returns {Promise<Map<string, object>>} */
  async getStats() {
    return new Map([['channel', { type: 'data-channel', messagesReceived: this.messagesReceived }]]);
  }

  close() {
    if (!this.end()) {
      return;
    }
    connections.delete(this.id);
    this.connectionState = 'closed';
    for (const channel of this.channels) {
      channel.readyState = 'closed';
    }
    const { other } = this;
    this.line.push(() => {
      for (const channel of other?.channels ?? []) {
        channel.abort();
      }
      if (other?.sctp && other.signalingState !== 'closed') {
        other.sctp.state = 'closed';
        other.sctp.dispatchEvent(new Event('statechange'));
      }
    });
  }

  /** @override Two that have each other's description are connected. */
  negotiated() {
    const other = connections.get(idIn(this.remoteDescription?.sdp));
    const meet = idIn(other?.remoteDescription?.sdp) === this.id;
    this.#heal();
    if (!other || !meet || this.other || this.signalingState !== 'stable' || other.signalingState !== 'stable') {
      return;
    }
    const ends = /** @type {[FakePeerConnection, FakePeerConnection][]} */ ([
      [this, other],
      [other, this],
    ]);
    for (const [end, opposite] of ends) {
      end.other = opposite;
      end.sctp = Object.assign(new EventTarget(), {
        maxMessageSize: 262_144,
        state: 'connected',
        transport: { state: 'connected' },
      });
      setImmediate(() => {
        if (end.signalingState !== 'closed') {
          end.become('connected');
          for (const channel of end.channels) {
            channel.connect();
          }
        }
      });
    }
  }
}

/**
 * @param {import('../peer.js').Peer} peer
 * @returns {FakePeerConnection} the fake under its connection
 */
export function fakeOf(peer) {
  return /** @type {any} */ (peer.connection);
}
