import { because } from './errors.js';
import { Questions } from './questions.js';

/** @typedef {import('./safety.js').SafetyExchange} SafetyExchange */

/** Pings that wait for their answer. */
const MAX_PINGS = 64;
/** Milliseconds. */
const ANSWER_WITHIN = 5_000;
const RESTART_TAKES = 500;
const HEARD_WITHIN = 1_000;

/** What one end asks the other about their connection itself: whether it is there, and the safety code. */
export class Inquiries {
  #say;
  #descriptions;
  /** @type {Promise<SafetyExchange> | undefined} */
  #safety;
  #pings = new Questions(MAX_PINGS);

  /**
   * @param {(text: string) => void} say to the other end
   * @param {() => string[]} descriptions the SDP of both ends, ours first
   */
  constructor(say, descriptions) {
    this.#say = say;
    this.#descriptions = descriptions;
  }

  /**
   * @param {number} [within] milliseconds
   * @returns {Promise<number>} milliseconds there and back
   * @throws {PeerhostError} TIMEOUT after that; QUEUE_FULL when 64 wait; PEER_CLOSED
   */
  async ping(within = ANSWER_WITHIN) {
    const start = performance.now();
    await this.#pings.ask((id) => this.#say(`ping:${id}`), 'A ping', within);
    return performance.now() - start;
  }

  /**
   * ICE is being restarted: Chromium may take an old port of the other side's for the new path, where Firefox still answers
   * its checks and reads nothing more, and notices that seconds later.
   *
   * @returns {Promise<boolean>} whether the other end is deaf after it
   */
  async restarted() {
    await new Promise((resolve) => setTimeout(resolve, RESTART_TAKES));
    return this.ping(HEARD_WITHIN).then(
      () => false,
      ({ code }) => code === 'TIMEOUT',
    );
  }

  /** @returns {Promise<string>} as SafetyExchange has it, or MODULE_UNAVAILABLE; asking again loads again */
  async safetyCode() {
    return (await this.#exchange()).code();
  }

  /** @param {string} text what the other end said; whatever is none of this is ignored */
  receive(text) {
    const [, verb, rest] = /^(ping|pong|safety):(.*)$/s.exec(text) ?? [];
    if (verb === 'ping' && /^\d{1,16}$/.test(rest)) {
      this.#say(`pong:${rest}`);
    } else if (verb === 'pong') {
      this.#pings.get(Number(rest))?.resolve();
    } else if (verb === 'safety') {
      // If it cannot be loaded, who asks here is told, and who asks there gets no answer.
      this.#exchange().then(
        (safety) => safety.receive(rest),
        () => {},
      );
    }
  }

  /** The connection is over. */
  close() {
    const why = 'The connection was closed';
    this.#pings.refuse(why);
    this.#safety?.then(
      (safety) => safety.close(why),
      () => {},
    );
  }

  /** Loaded by the first who speaks of it, since most never do. */
  #exchange() {
    this.#safety ??= import('./safety.js').then(
      ({ fingerprintsIn, SafetyExchange }) =>
        new SafetyExchange(
          (text) => this.#say(`safety:${text}`),
          () => this.#descriptions().map(fingerprintsIn),
        ),
      (cause) => {
        this.#safety = undefined;
        throw because('MODULE_UNAVAILABLE', 'The part of the library for safety codes cannot be loaded', cause);
      },
    );
    return this.#safety;
  }
}
