import { opens } from './data-channel.js';
import { Negotiation } from './negotiation.js';

/** @typedef {import('./negotiation.js').NegotiationOptions} NegotiationOptions */
/** @typedef {import('./signaling.js').Message} Message */

/**
 * @typedef {object} ConnectionsListener
 * @property {() => void} changed the state of the current one
 * @property {() => void} closed by the other side, the current one
 * @property {(within: number) => Promise<void>} moved another one is current: time to bring all over, in milliseconds
 */

/** The RTCPeerConnection to one peer; while another one takes its place, there are two. */
export class Connections {
  #rtcConfig;
  #options;
  #listener;
  #current;
  /** Where signals go: that of the connection which came last. */
  #negotiation;
  /** @type {RTCPeerConnection | undefined} while there are two, the one that comes, and then the one that goes */
  #other;

  /**
   * @param {RTCConfiguration} rtcConfig
   * @param {NegotiationOptions} options
   * @param {ConnectionsListener} listener
   */
  constructor(rtcConfig, options, listener) {
    this.#rtcConfig = rtcConfig;
    this.#options = options;
    this.#listener = listener;
    this.#negotiation = this.#open();
    this.#current = this.#negotiation.connection;
  }

  get current() {
    return this.#current;
  }

  /**
   * @param {Message} signal
   * @returns {boolean} false when too many wait already
   */
  receive(signal) {
    return this.#negotiation.receive(signal);
  }

  /**
   * Puts another one in the place of the current one, which lives until all has moved. If that fails, it simply stays.
   *
   * @param {number} within milliseconds that the other side keeps the current one
   */
  async replace(within) {
    if (this.#other) {
      return;
    }
    const before = this.#negotiation;
    this.#negotiation = this.#open();
    const { connection } = this.#negotiation;
    this.#other = connection;
    if ((await opens(connection, within / 2)) && connection.signalingState !== 'closed') {
      this.#other = this.#current;
      this.#current = connection;
      this.#listener.changed();
      await this.#listener.moved(within / 2);
    } else {
      this.#negotiation = before;
    }
    this.#other.close();
    this.#other = undefined;
  }

  /** Gives the one up that is to be the next; false when there is none. */
  abandon() {
    const comes = this.#other === this.#negotiation.connection;
    if (comes) {
      this.#other?.close();
    }
    return comes;
  }

  close() {
    this.#current.close();
    this.#other?.close();
  }

  #open() {
    const connection = new RTCPeerConnection(this.#rtcConfig);
    const ended = () => {
      if (connection === this.#current && connection.sctp?.state === 'closed') {
        this.#listener.closed();
      }
    };
    connection.addEventListener('connectionstatechange', () => {
      // The other side's close() shows there at once, and in connectionState half a minute later.
      connection.sctp?.addEventListener('statechange', ended);
      if (connection === this.#current) {
        this.#listener.changed();
      }
    });
    return new Negotiation(connection, this.#options);
  }
}
