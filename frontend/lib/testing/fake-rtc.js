import { FakeDataChannel } from './fake-channel.js';
import { Line } from './fake-line.js';

/** @typedef {{ type: 'offer' | 'answer', sdp: string }} Description */

/** @type {Map<string, FakePeerConnection>} so that two find each other by their descriptions */
const connections = new Map();

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
  connectionState = 'new';
  /** @type {Description | null} */
  localDescription = null;
  /** @type {Description | null} */
  remoteDescription = null;
  /** @type {(EventTarget & { maxMessageSize: number, state: string }) | null} */
  sctp = null;
  line = new Line();
  /** @type {Set<FakeDataChannel>} */
  channels = new Set();
  /** @type {FakePeerConnection | undefined} */
  other;
  /** @type {(string | null)[]} the candidates that came, null for the end of them */
  candidates = [];
  #needed = false;

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

  async setLocalDescription() {
    await turn();
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    this.localDescription = { type, sdp: `v=0 ${this.id}` };
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

  /** @param {string} state a network's doing */
  become(state) {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
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
    const other = connections.get(this.remoteDescription?.sdp.slice(4) ?? '');
    const meet = other?.remoteDescription?.sdp.endsWith(` ${this.id}`) ?? false;
    if (!other || !meet || this.other || this.signalingState !== 'stable' || other.signalingState !== 'stable') {
      return;
    }
    const ends = /** @type {[FakePeerConnection, FakePeerConnection][]} */ ([
      [this, other],
      [other, this],
    ]);
    for (const [end, opposite] of ends) {
      end.other = opposite;
      end.sctp = Object.assign(new EventTarget(), { maxMessageSize: 262_144, state: 'connected' });
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
