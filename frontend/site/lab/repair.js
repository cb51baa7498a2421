import { Negotiation } from '/__/peerhost/negotiation.js';
import { onNetworkChange } from '/__/peerhost/network.js';
import { Recovery } from '/__/peerhost/recovery.js';
import { isSameEnd } from './description.js';

/** Milliseconds that tries go on by themselves; by hand it can be done later too. */
const TRIES_FOR = 3_600_000;
/** Milliseconds that a page stays at the meeting when all is well again: the other one may need it a little longer. */
const STAYS_FOR = 5_000;
const CARRY = 'The offer is a restart offer now: carry it to client B, and its answer back.';

/** @typedef {import('./meeting.js').Meet} Meet */
/** @typedef {Pick<import('./meeting.js').Meeting, 'met' | 'open' | 'check' | 'send' | 'close'>} MeetingPlace */

/**
 * @typedef {object} RepairOptions
 * @property {string} other who is at the other end, for the sentences
 * @property {boolean} offers whether this page restarts ICE; the other one answers
 * @property {((meet: Meet) => MeetingPlace) | undefined} meeting where the two pages find each other meanwhile; undefined where the
 *   other page knows of none
 * @property {(sentence: string) => void} tell what is going on
 */

/**
 * Repairs a connection that was made by hand: by restarts of ICE (W3C WebRTC, restartIce()), with the same RTCPeerConnection
 * and the same channel. Only one side offers, as it did first: Firefox loses DTLS when restarts follow each other quickly. Offers
 * and answers go to the meeting when the other page is there; else an offer is printed, like any description of this page, and
 * stays as it is, so that it can be carried.
 */
export class Repair {
  #connection;
  #options;
  #negotiation;
  /** @type {Recovery | undefined} */
  #recovery;
  #meeting;
  /** Since when the connection carries nothing. */
  #since = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #leaving;
  #watching = new AbortController();
  #forget;

  /**
   * @param {RTCPeerConnection} connection that stands
   * @param {RepairOptions} options
   */
  constructor(connection, options) {
    this.#connection = connection;
    this.#options = options;
    this.#meeting = options.meeting?.({
      changed: () => this.#changed(),
      received: (message) => this.#received(message),
    });
    this.#negotiation = new Negotiation(connection, {
      // The application's own needs are the application's to negotiate.
      offers: false,
      polite: () => !options.offers,
      send: (type, body) => this.#meeting?.send({ type, ...body }),
      // What comes too late, or is of an offer that was given up, is followed by another try.
      failed: () => {},
    });
    const restart = () => this.#restart(false);
    if (options.offers) {
      this.#recovery = new Recovery({
        iceRestart: 'disconnected',
        timeout: TRIES_FOR,
        reachable: () => true,
        restart,
        rebuild: restart,
        giveUp: () => options.tell('Interrupted for an hour: restart ICE, or connect anew.'),
      });
    }
    const { signal } = this.#watching;
    connection.addEventListener('connectionstatechange', () => this.#follow(), { signal });
    this.#forget = onNetworkChange(() => {
      this.#meeting?.check();
      if (this.#since) this.#restart(true);
    });
    options.tell(
      this.#meeting
        ? `Ready: should the network break, ICE is restarted with ${options.other} over this server, without you.`
        : 'Ready: should the network break, client A prints a restart offer, to be carried by hand.',
    );
    this.#follow();
  }

  /** Makes another restart offer now, in place of one that was not answered. */
  print() {
    this.#restart(true);
    if (!this.#met && !this.#since) {
      this.#options.tell(CARRY);
    }
  }

  /** Ends it: the connection is closed. */
  stop() {
    this.#watching.abort();
    this.#forget();
    this.#recovery?.stop();
    clearTimeout(this.#leaving);
    this.#meeting?.close();
  }

  get #met() {
    return this.#meeting?.met ?? false;
  }

  #follow() {
    const { connectionState } = this.#connection;
    if (connectionState === 'connected') {
      if (this.#since) {
        const seconds = ((performance.now() - this.#since) / 1000).toFixed(1);
        this.#options.tell(`Repaired after ${seconds} s, with the same connection and the same channel.`);
        this.#leaving = setTimeout(() => this.#meeting?.close(), STAYS_FOR);
      }
      this.#since = 0;
    } else if (!this.#since) {
      this.#since = performance.now();
      clearTimeout(this.#leaving);
      this.#meeting?.open();
      this.#show();
    }
    this.#recovery?.follow(connectionState);
  }

  /** The other page has come to the meeting, or is not there any more. */
  #changed() {
    if (!this.#since) return;
    this.#show();
    if (this.#met) this.#recovery?.wake();
  }

  #show() {
    const { offers, other, tell } = this.#options;
    if (this.#met) {
      tell(`Interrupted. The server leads to ${other}: restarting ICE.`);
      return;
    }
    const meanwhile = this.#meeting
      ? `Looking for ${other} over the server; if that takes too long, do it by hand. `
      : '';
    tell(
      `Interrupted. ${meanwhile}${offers ? CARRY : 'Accept the restart offer of client A, and carry the answer back.'}`,
    );
  }

  /** @param {boolean} anew whether an offer that may be on its way by hand is given up for it */
  #restart(anew) {
    if (this.#options.offers && (this.#met || anew || this.#connection.signalingState === 'stable')) {
      this.#negotiation.restartIce();
    }
  }

  /** @param {import('/__/peerhost/signaling.js').Message} message */
  #received(message) {
    // The same end as ever: its certificate was carried by hand.
    if (message.type === 'candidate' || isSameEnd(message.sdp, this.#connection.remoteDescription)) {
      this.#negotiation.receive(message);
    }
  }
}
