import { CONTROL } from './data-channel.js';
import { because } from './errors.js';
import { Questions } from './questions.js';

/** @typedef {import('./safety.js').SafetyExchange} SafetyExchange */

/** Pings that wait for their answer. */
const MAX_PINGS = 64;
/** Milliseconds. */
const ANSWER_WITHIN = 5_000;
const RESTART_TAKES = 500;
const HEARD_WITHIN = 1_000;

/**
 * What the libraries at both ends say to each other on a data channel of their own (docs/protocol.md), of which this asks about
 * the connection itself: whether the other end is there, and the safety code.
 */
export class Inquiries {
  #connection;
  #options;
  /** @type {RTCDataChannel | undefined} none before something is said */
  #channel;
  /** @type {Promise<SafetyExchange> | undefined} */
  #safety;
  #pings = new Questions(MAX_PINGS);
  /**
   * What is done when the other end says something, by verb; anything else is ignored.
   *
   * @type {Record<string, (rest: string) => unknown>}
   */
  hears = {
    ping: (number) => /^\d{1,16}$/.test(number) && this.say(`pong:${number}`),
    pong: (number) => this.#pings.get(Number(number))?.resolve(),
    safety: (text) => this.#withSafety((safety) => safety.receive(text)),
  };

  /**
   * @param {RTCPeerConnection} connection
   * @param {RTCDataChannelInit} [options] of the channel
   */
  constructor(connection, options) {
    this.#connection = connection;
    this.#options = options;
  }

  /** @param {string} text said when the channel is open, lost once it is closing */
  say(text) {
    this.#channel ??= this.#listen();
    const channel = this.#channel;
    if (channel.readyState === 'connecting') {
      channel.addEventListener('open', () => channel.send(text), { once: true });
    } else if (channel.readyState === 'open') {
      channel.send(text);
    }
  }

  /**
   * @param {number} [within] milliseconds
   * @returns {Promise<number>} milliseconds there and back
   * @throws {PeerhostError} TIMEOUT after that; QUEUE_FULL when 64 wait; PEER_CLOSED
   */
  async ping(within = ANSWER_WITHIN) {
    const start = performance.now();
    await this.#pings.ask((id) => this.say(`ping:${id}`), 'A ping', within);
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

  /** The connection is over. */
  close() {
    const why = 'The connection was closed';
    this.#pings.refuse(why);
    this.#safety && this.#withSafety((safety) => safety.close(why));
  }

  /** @param {(safety: SafetyExchange) => void} use where it cannot be loaded, who asks here is told, who asks there gets no answer */
  #withSafety(use) {
    this.#exchange().then(use, () => {});
  }

  #listen() {
    const channel = this.#connection.createDataChannel(CONTROL.label, this.#options);
    channel.addEventListener('message', ({ data }) => {
      const [, verb, rest] = /^([a-z]+):(.*)$/s.exec(data) ?? [];
      this.hears[verb]?.(rest);
    });
    return channel;
  }

  /** Loaded by the first who speaks of it, since most never do. */
  #exchange() {
    this.#safety ??= import('./safety.js').then(
      ({ exchangeOver }) => exchangeOver(this.#connection, (text) => this.say(`safety:${text}`)),
      (cause) => {
        this.#safety = undefined;
        throw because('MODULE_UNAVAILABLE', 'Safety codes cannot be loaded', cause);
      },
    );
    return this.#safety;
  }
}
