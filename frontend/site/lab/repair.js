import { Negotiation } from '/__/peerhost/negotiation.js';
import { onNetworkChange } from '/__/peerhost/network.js';
import { Recovery } from '/__/peerhost/recovery.js';
import { isSameEnd, sessionOf } from './description.js';
import { isStale, repairMessage } from './repair-message.js';
import { carry, interruption, ready, repaired } from './sentences.js';
import { isBroken } from './state.js';

/** Milliseconds that tries go on by themselves; by hand it can be done later too. */
const TRIES_FOR = 3_600_000;
/** Milliseconds that a page stays at the meeting when all is well again: the other one may need it a little longer. */
const STAYS_FOR = 5_000;

/** @typedef {Pick<import('./meeting.js').Meeting, 'met' | 'open' | 'check' | 'send' | 'close'>} MeetingPlace */

/**
 * @typedef {object} RepairOptions
 * @property {string} other who is at the other end, for the sentences
 * @property {boolean} offers whether this page makes the offers; the other one answers
 * @property {((meet: import('./meeting.js').Meet) => MeetingPlace) | undefined} meeting where the two pages find each other
 * @property {() => RTCPeerConnection} open makes another connection in the place of the one that there is
 * @property {(message: any) => boolean} hears takes the description of another connection, if it is of the same other end
 * @property {() => number | undefined} received how many messages have come
 * @property {(sentence: string) => void} tell what is going on
 */

/**
 * Repairs a connection that was made by hand: by restarts of ICE (W3C WebRTC, restartIce()), with the same channel, or by another
 * connection when a browser has given its DTLS up. Only one side offers, as it did first: Firefox loses DTLS when restarts follow
 * each other quickly. An offer goes to the meeting when the other page is there; else it is printed, and stays, to be carried.
 */
export class Repair {
  #options;
  /** @type {Recovery | undefined} */
  #recovery;
  #meeting;
  /** Since when the connection carries nothing. */
  #since = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #leaving;
  #watching = new AbortController();
  #end = new AbortController();
  /** @type {RTCPeerConnection | undefined} the one before, until another one stands */
  #before;
  /** The other end's session in it. */
  #last = '';
  #connection;
  #negotiation;

  /**
   * @param {RTCPeerConnection} connection that stands
   * @param {RepairOptions} options
   */
  constructor(connection, options) {
    this.#options = options;
    this.#connection = connection;
    this.#meeting = options.meeting?.({
      changed: () => this.#changed(),
      received: (message) => this.#received(message),
    });
    // The application's own needs are the application's to negotiate.
    this.#negotiation = this.#attend(false);
    if (options.offers) {
      const path = {
        reachable: () => true,
        restartIce: () => this.#restart(false),
        rebuild: () => (this.#met || isBroken(this.#connection)) && this.renew(),
        giveUp: () => options.tell('Interrupted for an hour: restart ICE, or connect anew.'),
      };
      this.#recovery = new Recovery(path, { recoveryTimeout: TRIES_FOR });
    }
    onNetworkChange(() => {
      this.#meeting?.check();
      if (this.#since) this.#restart(true);
    }, this.#end.signal);
    options.tell(ready(options.other, this.#meeting !== undefined));
    this.#follow();
  }

  /** Makes another restart offer now, in place of one that was not answered. */
  print() {
    this.#restart(true);
    if (!this.#met && !this.#since) this.#options.tell(carry(false));
  }

  /** Goes over to another connection. */
  renew() {
    const last = this.#connection;
    this.#last = sessionOf(last.remoteDescription?.sdp) || this.#last;
    // The end of one that stands would look to the other page as if we had left, and that of a broken one shows it that it is.
    if (this.#before || isBroken(last)) last.close();
    this.#before ??= last;
    this.#connection = this.#options.open();
    this.#negotiation = this.#attend(this.#options.offers);
    this.#follow();
    this.#negotiation.begin();
    this.#show();
  }

  /** @param {string} sdp of an offer @returns {boolean} whether it restarts ICE of the connection before */
  isPast = (sdp) => sessionOf(sdp) === this.#last;

  /** Ends it: the connection is closed. */
  stop() {
    this.#watching.abort();
    this.#end.abort();
    this.#recovery?.stop();
    clearTimeout(this.#leaving);
    this.#meeting?.close();
    this.#before?.close();
  }

  get #met() {
    return this.#meeting?.met ?? false;
  }

  /** @param {boolean} offers whether this page makes the first offer */
  #attend(offers) {
    this.#watching.abort();
    this.#watching = new AbortController();
    const connection = this.#connection;
    connection.addEventListener('connectionstatechange', this.#follow, this.#watching);
    return new Negotiation(connection, {
      offers,
      polite: () => !this.#options.offers,
      send: (type, body) => this.#meeting?.send(repairMessage(type, body, connection, this.#options.received())),
      // What comes too late, or is of an offer that was given up, is followed by another try.
      failed: () => {},
    });
  }

  #follow = () => {
    const { connectionState, sctp } = this.#connection;
    if (isBroken(this.#connection)) {
      if (this.#recovery) this.#recovery.replace();
      else this.renew();
      this.#admit();
      return;
    }
    if (connectionState === 'connected') {
      sctp?.transport.addEventListener('statechange', this.#follow, this.#watching);
      if (this.#since) {
        this.#options.tell(repaired(performance.now() - this.#since, this.#before !== undefined));
        this.#leaving = setTimeout(() => this.#meeting?.close(), STAYS_FOR);
      }
      this.#since = 0;
      this.#before?.close();
      this.#before = undefined;
    } else if (!this.#since && connectionState !== 'connecting') {
      // A channel may be open before its connection says that it stands: that is no interruption.
      this.#since = performance.now();
      clearTimeout(this.#leaving);
      this.#meeting?.open();
      this.#show();
    }
    this.#recovery?.follow(connectionState);
  };

  /** The other page has come to the meeting, or is not there any more. */
  #changed() {
    if (!this.#since) return;
    this.#show();
    if (this.#met) this.#recovery?.wake();
    this.#admit();
  }

  #show() {
    this.#options.tell(interruption(this.#options, this.#meeting, this.#before !== undefined));
  }

  /** @param {boolean} anew whether an offer that may be on its way by hand is given up for it */
  #restart(anew) {
    const { signalingState, remoteDescription } = this.#connection;
    if (!this.#options.offers || !(this.#met || anew || signalingState === 'stable')) return;
    if (remoteDescription) this.#negotiation.restartIce();
    else this.renew();
  }

  /** Says that only the offer of another connection can help, where that is not ours to make. */
  #admit() {
    const waits = !this.#options.offers && this.#before && !this.#connection.remoteDescription;
    if (waits) this.#meeting?.send({ type: 'broken', of: this.#last });
  }

  /** @param {import('/__/peerhost/signaling.js').Message} message */
  #received(message) {
    const { type, sdp } = message;
    if (isStale(message, this.#connection)) return;
    if (type === 'broken') {
      this.#recovery?.replace();
    } else if (type === 'offer' && this.isPast(sdp)) {
      this.#admit();
    } else if (type === 'candidate' || isSameEnd(sdp, this.#connection.remoteDescription)) {
      this.#negotiation.receive(message);
    } else if (this.#options.hears(message)) {
      if (type === 'offer') this.renew();
      this.#negotiation.receive(message);
    }
  }
}
