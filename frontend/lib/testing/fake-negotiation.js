/** @typedef {{ type: 'offer' | 'answer', sdp: string }} Description */

/**
 * @param {string} id
 * @param {number} generation of ICE
 */
const sdpOf = (id, generation) =>
  `v=0\r\no=- ${id.slice(5)} 2 IN IP4 127.0.0.1\r\na=fingerprint:${id}\r\na=ice-ufrag:${generation}\r\n`;

/** A turn of the event loop, as everything in a browser's connection takes at least one. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/**
 * What an RTCPeerConnection in memory says of itself to the other side: the signaling states with rollback, descriptions, and
 * candidates.
 */
export class FakeNegotiation extends EventTarget {
  static #count = 0;

  id = `fake-${++FakeNegotiation.#count}`;
  signalingState = 'stable';
  /** @type {Description | null} */
  localDescription = null;
  /** @type {Description | null} */
  remoteDescription = null;
  /** @type {(string | null)[]} the candidates that came, null for the end of them */
  candidates = [];
  /** Of ICE. */
  generation = 0;

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
    this.negotiated();
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
    this.negotiated();
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

  /** @returns {boolean} whether it was open until now */
  end() {
    const open = this.signalingState !== 'closed';
    this.signalingState = 'closed';
    return open;
  }

  /** Called when a description has come or gone. */
  negotiated() {}
}
