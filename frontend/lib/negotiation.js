import { withDtlsRole } from './dtls-role.js';
import { because } from './errors.js';

/** Milliseconds from one restart of ICE, whoever began it, to the next offer: Firefox loses DTLS when restarts are closer. */
const RESTARTS_APART = 1_000;
/** Signals of one peer that may wait for the connection to take those before them. */
const MAX_WAITING = 1_024;

/** @typedef {import('./signaling.js').Message} Message */

/**
 * @typedef {object} NegotiationOptions
 * @property {() => boolean} polite whether our offer yields when both sides offer at once
 * @property {boolean} offers whether we make the first offer; else we make none before the other side's first
 * @property {(type: 'offer' | 'answer' | 'candidate', body: object) => void} send
 * @property {(error: import('./errors.js').PeerhostError) => void} failed what could not be applied; the negotiation goes on
 */

/**
 * Perfect negotiation (https://www.w3.org/TR/webrtc/#perfect-negotiation-example) as a serial queue: one offer, answer
 * or candidate is dealt with at a time, so that a collision shows in `signalingState` alone.
 */
export class Negotiation {
  #connection;
  #options;
  #offers;
  #ignoresOffer = false;
  #waiting = 0;
  #restarted = -Infinity;
  #last = Promise.resolve();
  /** @type {(RTCIceCandidateInit | null)[]} those that came before the first description */
  #early = [];

  /**
   * @param {RTCPeerConnection} connection
   * @param {NegotiationOptions} options
   */
  constructor(connection, options) {
    this.#connection = connection;
    this.#options = options;
    this.#offers = options.offers;
    connection.addEventListener('negotiationneeded', () => this.begin());
    connection.addEventListener('icecandidate', ({ candidate }) => {
      // An empty candidate ends one generation; null, which follows, ends them all and is what the protocol carries.
      if (candidate?.candidate !== '') {
        options.send('candidate', { candidate: candidate?.toJSON() ?? null });
      }
    });
  }

  /** Makes an offer, if one is ours to make, without waiting until the browser says that one is needed. */
  begin() {
    this.#enqueue('An offer of ours', async () => {
      if (!this.#offers || this.#connection.signalingState !== 'stable') {
        return;
      }
      const early = this.#restarted + RESTARTS_APART - performance.now();
      if (early > 0) {
        setTimeout(() => this.begin(), early);
      } else {
        await this.#sendDescription();
      }
    });
  }

  /**
   * @param {Message} message offer, answer or candidate
   * @returns {boolean} false when too many wait already
   */
  receive(message) {
    const { type, candidate } = message;
    const what = `The other side's ${type}`;
    return type === 'candidate'
      ? this.#enqueue(what, () => this.#addCandidate(candidate), 'BAD_CANDIDATE')
      : this.#enqueue(what, () => this.#describe(message));
  }

  /**
   * Offers new ICE credentials, in place of an offer of ours that was not answered; not before the first offer, nor right
   * after either side has done the same.
   */
  restartIce() {
    this.#enqueue('A restart of ICE', async () => {
      const connection = this.#connection;
      if (!connection.remoteDescription || performance.now() - this.#restarted < RESTARTS_APART) {
        return;
      }
      if (connection.signalingState === 'have-local-offer') {
        await connection.setLocalDescription({ type: 'rollback' });
      }
      connection.restartIce();
      await this.#sendDescription();
    });
  }

  /**
   * Attempts it when all before it has been dealt with.
   *
   * @param {[string, () => Promise<void>, ('BAD_DESCRIPTION' | 'BAD_CANDIDATE')?]} what
   * @returns {boolean} false when too many wait already
   */
  #enqueue(...what) {
    if (this.#waiting >= MAX_WAITING) {
      return false;
    }
    this.#waiting++;
    this.#last = this.#last.then(async () => {
      await this.#attempt(...what);
      this.#waiting--;
    });
    return true;
  }

  /**
   * @param {string} what to say that fails, if it does
   * @param {() => Promise<void>} operation
   * @param {'BAD_DESCRIPTION' | 'BAD_CANDIDATE'} [code]
   */
  async #attempt(what, operation, code = 'BAD_DESCRIPTION') {
    const stands = () => this.#connection.signalingState !== 'closed';
    try {
      stands() && (await operation());
    } catch (cause) {
      // Closing makes the browser refuse what was under way: nobody needs to hear of that.
      stands() && this.#options.failed(because(code, `${what} failed`, cause));
    }
  }

  /** @param {Message} message */
  async #describe({ type, sdp }) {
    const connection = this.#connection;
    const isOffer = type === 'offer';
    this.#ignoresOffer = isOffer && connection.signalingState !== 'stable' && !this.#options.polite();
    if (this.#ignoresOffer) {
      return;
    }
    // Rolls our own offer back where there is one.
    await connection.setRemoteDescription({
      type: /** @type {RTCSdpType} */ (type),
      sdp: withDtlsRole(sdp, connection),
    });
    if (isOffer) {
      this.#offers = true;
      await this.#sendDescription();
    }
    for (const candidate of this.#early.splice(0)) {
      await this.#attempt('An early candidate', () => this.#addCandidate(candidate), 'BAD_CANDIDATE');
    }
  }

  async #sendDescription() {
    const connection = this.#connection;
    const before = connection.localDescription;
    await connection.setLocalDescription();
    const { type, sdp } = /** @type {RTCSessionDescription} */ (connection.localDescription);
    if (before && ufragOf(before.sdp) !== ufragOf(sdp)) {
      this.#restarted = performance.now();
    }
    this.#options.send(/** @type {'offer' | 'answer'} */ (type), { sdp });
  }

  /** @param {RTCIceCandidateInit | null} candidate */
  async #addCandidate(candidate) {
    if (!this.#connection.remoteDescription && !this.#ignoresOffer) {
      if (this.#early.push(candidate) > MAX_WAITING) {
        this.#early.pop();
        throw new RangeError('too many before their description');
      }
      return;
    }
    try {
      await this.#connection.addIceCandidate(candidate ?? undefined);
    } catch (cause) {
      // One of an ICE generation before the last restart is late, which is no failure.
      const generation = `a=ice-ufrag:${candidate?.usernameFragment ?? ''}`;
      if (!this.#ignoresOffer && this.#connection.remoteDescription?.sdp.includes(generation)) {
        throw cause;
      }
    }
  }
}

/** @param {string} sdp */
const ufragOf = (sdp) => /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1];
