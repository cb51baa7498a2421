import { equal, event, opened } from './await.js';

/** @typedef {import('./visit.js').Visit} Visit */
/** @typedef {{ type: string, [field: string]: any }} Signal what the server delivered */

/** A visit's seat in a room of its own, for offers and candidates that go by signaling, each in a message. */
export class Seat extends EventTarget {
  /** @type {Signal[]} in the server's order, with the roster first */
  signals = [];
  #visit;
  #taken = 0;
  /** Candidates wait for the answer that they belong to. */
  #applied = Promise.resolve();
  #markApplied = () => {};
  /** @type {{ send: (destination: string, body: object) => void, close: () => void } | undefined} */
  #signaling;

  /** @param {Visit} visit */
  constructor(visit) {
    super();
    this.#visit = visit;
  }

  /**
   * @param {Visit} visit
   * @returns {Promise<Seat>} once it is in the room
   */
  static async take(visit) {
    const { Signaling } = await import('/__/peerhost/signaling.js');
    const seat = new Seat(visit);
    const signaling = new Signaling(new URL('/__/peerhost/signaling', location.href.replace(/^http/, 'ws')).href, {
      welcome: () => seat.send('join', {}),
      message: (signal) => seat.#receive(signal),
      lost: (error) => seat.#receive({ type: 'lost', message: String(error) }),
    });
    seat.#signaling = signaling;
    visit.seat = seat;
    signaling.connect();
    await seat.next('roster');
    return seat;
  }

  /**
   * Takes a seat and connects by it.
   *
   * @param {Visit} visit
   * @returns {Promise<Seat>} once each channel so far is open
   */
  static async connect(visit) {
    const seat = await Seat.take(visit);
    await seat.negotiate();
    await Promise.all(visit.channels.map(opened));
    return seat;
  }

  /**
   * @param {string} verb
   * @param {object} body
   */
  send(verb, body) {
    this.#signaling?.send(`/app/rooms/${this.#visit.id}/${verb}`, { to: 'server', ...body });
  }

  /**
   * Offers, and takes the answer and the Java peer's candidates.
   *
   * @param {RTCOfferOptions} [options]
   * @param {(step: string) => unknown} [at] called after each step
   */
  async negotiate(options = {}, at = () => {}) {
    const { pc } = this.#visit;
    await pc.setLocalDescription(await pc.createOffer(options));
    await at('have-local-offer');
    this.send('offer', { sdp: pc.localDescription?.sdp });
    await at('offer sent');
    const answer = await this.next('answer');
    await at('answer received');
    await this.apply(answer.sdp);
    await at('stable');
  }

  /** @param {string} sdp of the answer */
  async apply(sdp) {
    await this.#visit.pc.setRemoteDescription({ type: 'answer', sdp });
    this.#markApplied();
  }

  /**
   * The next signal of a type, leaving out all before it.
   *
   * @param {string} type
   * @returns {Promise<Signal>}
   */
  async next(type) {
    const found = () => this.signals.findIndex((signal, i) => i >= this.#taken && signal.type === type);
    await event(this, 'signal', () => found() >= 0);
    this.#taken = found() + 1;
    return this.signals[this.#taken - 1];
  }

  /** Fails when a message was refused or the session was lost. */
  assertNothingRefused() {
    equal(
      'refusals',
      this.signals.filter(({ type }) => type === 'rejected' || type === 'lost'),
      [],
    );
  }

  /** Leaves. */
  close() {
    this.#signaling?.close();
  }

  /** @param {Signal} signal */
  #receive(signal) {
    this.signals.push(signal);
    if (signal.type === 'answer') {
      this.#applied = new Promise((resolve) => {
        this.#markApplied = resolve;
      });
    } else if (signal.type === 'candidate') {
      const { pc } = this.#visit;
      this.#applied = this.#applied.then(() =>
        pc.signalingState === 'closed' ? undefined : pc.addIceCandidate(signal.candidate ?? undefined),
      );
    }
    this.dispatchEvent(new Event('signal'));
  }
}
