import { FakeDataChannel } from './fake-channel.js';
import { Line } from './fake-line.js';

/** @typedef {{ type: 'offer' | 'answer', sdp: string }} Description */

/** @type {Map<string, FakePeerConnection>} so that two find each other by their descriptions */
const connections = new Map();

/**
 * @param {string} id
 * @param {number} generation of ICE
 */
const sdpOf = (id, generation) =>
  `v=0\r\no=- ${id.slice(5)} 2 IN IP4 127.0.0.1\r\na=fingerprint:${id}\r\na=ice-ufrag:${generation}\r\n`;

/** @param {string | undefined} sdp */
const idIn = (sdp) => /fingerprint:(\S+)/.exec(sdp ?? '')?.[1] ?? '';

/** A turn of the event loop, as everything in a browser's connection takes at least one. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/**
 * An RTCPeerConnection in memory: the signaling states with rollback, candidates, and data channels over two lines that
 * a test can hold up. Two connect when each has the other's description.
 */
export class FakePeerConnection extends EventTarget {
  static #count = 0;
  /** Connections that were made and not closed. */
  static get open() {
    return connections.size;
  }

  id = `fake-${++FakePeerConnection.#count}`;
  signalingState = 'stable';
  /** As its statistics have them. */
  messagesReceived = 0;
  connectionState = 'new';
  /** @type {Description | null} */
  localDescription = null;
  /** @type {Description | null} */
  remoteDescription = null;
  /** @type {(EventTarget & { maxMessageSize: number, state: string, transport: { state: string } }) | null} */
  sctp = null;
  line = new Line();
  /** @type {Set<FakeDataChannel>} */
  channels = new Set();
  /** @type {FakePeerConnection | undefined} */
  other;
  /** @type {(string | null)[]} the candidates that came, null for the end of them */
  candidates = [];
  #needed = false;
  generation = 0;
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

  /** Asks for a negotiation, as anything that changes the media does. */
  negotiate() {
    setImmediate(() => this.signalingState === 'stable' && this.dispatchEvent(new Event('negotiationneeded')));
  }

  /** @param {{ type: string }} [description] */
  async setLocalDescription(description) {
    await turn();
    if (description?.type === 'rollback') {
      if (this.signalingState !== 'have-local-offer') {
        throw new DOMException('nothing to roll back', 'InvalidStateError');
      }
      this.signalingState = 'stable';
      return;
    }
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    this.localDescription = { type, sdp: sdpOf(this.id, this.generation) };
    this.signalingState = type === 'answer' ? 'stable' : 'have-local-offer';
    for (const candidate of ['one', 'two', '', null]) {
      setImmediate(() => {
        const event = new Event('icecandidate');
        const carried = candidate === null ? null : { candidate, toJSON: () => ({ candidate }) };
        this.dispatchEvent(Object.assign(event, { candidate: carried }));
      });
    }
    this.#connect();
  }

  /** @param {Description} description */
  async setRemoteDescription(description) {
    await turn();
    if (!description.sdp.startsWith('v=0')) {
      throw new DOMException('no SDP', 'OperationError');
    }
    const rolledBack = description.type === 'offer' && this.signalingState === 'have-local-offer';
    if (description.type === 'answer' && this.signalingState !== 'have-local-offer') {
      throw new DOMException('an answer to nothing', 'InvalidStateError');
    }
    this.remoteDescription = description;
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
    if (rolledBack) {
      this.localDescription = null;
    }
    this.#connect();
  }

  /** @param {{ candidate: string } | null} [candidate] */
  async addIceCandidate(candidate) {
    if (!this.remoteDescription) {
      throw new DOMException('no description yet', 'InvalidStateError');
    }
    if (candidate?.candidate === 'bad') {
      throw new DOMException('no candidate', 'OperationError');
    }
    this.candidates.push(candidate?.candidate ?? null);
  }

  /** Counts the ICE restarts. */
  restartIce() {
    this.generation++;
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
    if (this.signalingState === 'closed') {
      return;
    }
    connections.delete(this.id);
    this.signalingState = 'closed';
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

  #connect() {
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
