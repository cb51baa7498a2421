import { Control } from './control.js';
import { CONTROL } from './data-channel.js';
import { Heartbeat } from './heartbeat.js';
import { Inquiries } from './inquiries.js';

import { Line } from './line.js';
import { Negotiation } from './negotiation.js';

/** @typedef {import('./errors.js').PeerhostError} PeerhostError */
/** @typedef {import('./signaling.js').Message} Message */

/**
 * @typedef {object} LinkOptions
 * @property {RTCPeerConnection} connection
 * @property {boolean} offers whether we make the first offer
 * @property {() => boolean} polite whether our offer yields when both offer at once
 * @property {(type: 'offer' | 'answer' | 'candidate', body: object) => void} send to the peer, by way of the server
 * @property {Omit<import('./control.js').ControlOptions, 'heard'>} [control] for a browser, which has a control channel
 * @property {(error: PeerhostError) => void} failed what could not be applied
 * @property {(state: RTCPeerConnectionState) => void} changed
 * @property {(event?: unknown) => void} ended the other side closed the connection
 * @property {(event?: unknown) => void} broken its channels are about to close: Firefox's DTLS may fail in a restart of ICE
 * @property {(wire: RTCDataChannel) => void} arrived
 * @property {Link} [before] the one that this replaces
 */

/** One RTCPeerConnection to a peer. When it cannot be repaired the peer gets another one. */
export class Link {
  connection;
  control;
  inquiries;
  #negotiation;
  /** @type {import('./heartbeat.js').Heartbeat | undefined} */
  #heartbeat;
  /** @type {Line | undefined} to the server, which has no control channel until it is asked something */
  #line;
  /** What the other side's descriptions have in common, from the first that came. */
  #remote = '';
  /** The same of the connection before. */
  #stale = '';
  #watched = false;
  /** @type {RTCDataChannel | undefined} without labelled channels there would be nothing to offer */
  #carrier;

  /** @param {LinkOptions} options */
  constructor({ connection, offers, polite, send, control, failed, changed, ended, broken, arrived, before }) {
    this.connection = connection;
    this.#stale = before ? before.#remote || before.#stale : '';
    this.#negotiation = new Negotiation(connection, { offers, polite, send, failed });
    connection.addEventListener('connectionstatechange', () => {
      if (connection.connectionState === 'connected') {
        this.#watch(ended, broken);
      }
      this.#follow(connection.connectionState);
      changed(connection.connectionState);
    });
    connection.addEventListener('datachannel', ({ channel }) => arrived(channel));
    this.inquiries = new Inquiries(
      (text) => this.#say(text),
      () => [connection.localDescription, connection.remoteDescription].map((end) => end?.sdp ?? ''),
    );
    if (control) {
      this.control = new Control(connection, { ...control, heard: (text) => this.inquiries.receive(text) });
      this.#negotiation.begin();
      this.#heartbeat = new Heartbeat({
        ping: () => this.inquiries.ping(),
        received: () => messagesReceived(connection),
        changed: (alive) => changed(alive ? connection.connectionState : 'disconnected'),
      });
    }
    if (before && !control) {
      // Negotiated, so that the server is not told of it.
      this.#carrier = connection.createDataChannel(CONTROL.label, CONTROL.options);
    }
  }

  /** Whether only another connection can help: without DTLS no restart of ICE does. */
  get isBeyondRepair() {
    return this.connection.sctp?.transport.state === 'failed';
  }

  /**
   * Waits for one that replaces another to carry channels.
   *
   * @param {number} within milliseconds
   * @returns {Promise<boolean>} whether it does
   */
  stands(within) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), within);
      /** @param {boolean} outcome */
      const end = (outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      };
      const { connection } = this;
      this.#carrier?.addEventListener('open', () => end(connection.signalingState !== 'closed'));
      connection.addEventListener('connectionstatechange', () => connection.connectionState === 'failed' && end(false));
    });
  }

  /** @param {Message} signal whether the other side sent it before it knew of this connection */
  isStale({ sdp }) {
    return this.#stale !== '' && sessionOf(sdp) === this.#stale;
  }

  /** @param {Message} signal whether the other side has another connection than the one that this leads to */
  isForeign({ sdp }) {
    const session = sessionOf(sdp);
    return session !== '' && this.#remote !== '' && session !== this.#remote;
  }

  /**
   * @param {Message} signal
   * @returns {boolean} false when too many wait already
   */
  receive(signal) {
    this.#remote ||= sessionOf(signal.sdp);
    return this.#negotiation.receive(signal);
  }

  /**
   * Restarts ICE, whatever is under way.
   *
   * @param {(link: Link) => void} deaf called when a browser does not hear us any more because of it
   */
  async restartIce(deaf) {
    this.#negotiation.restartIce();
    if (this.control && (await this.inquiries.restarted())) {
      deaf(this);
    }
  }

  /** Nothing of it is heard of again. */
  close() {
    this.#heartbeat?.stop();
    this.inquiries.close();
    this.connection.close();
  }

  /** @param {RTCPeerConnectionState} state */
  #follow(state) {
    const beats = state === 'connected';
    this.#heartbeat?.[beats ? 'start' : 'pause']();
  }

  /** @param {string} text */
  #say(text) {
    if (this.control) {
      this.control.say(text);
      return;
    }
    this.#line ??= new Line(this.connection.createDataChannel(CONTROL.label), (answer) =>
      this.inquiries.receive(answer),
    );
    this.#line.say(text);
  }

  /**
   * The other side's close() shows here at once, and in connectionState half a minute later.
   *
   * @param {() => void} ended by the other side
   * @param {() => void} broken without it
   */
  #watch(ended, broken) {
    const { connection } = this;
    const { sctp } = connection;
    if (sctp && !this.#watched) {
      this.#watched = true;
      const isClosed = () => sctp.state === 'closed' && connection.signalingState !== 'closed';
      sctp.addEventListener('statechange', () => isClosed() && (this.isBeyondRepair ? broken() : ended()));
    }
  }
}

/**
 * What stays the same in all descriptions of one RTCPeerConnection: the session id (RFC 9429 section 5.2.1) and the
 * certificate.
 *
 * @param {string | undefined} sdp
 * @returns {string} empty for a candidate, which has none
 */
function sessionOf(sdp = '') {
  const [, session = ''] = /^o=\S+ (\d+) /m.exec(sdp) ?? [];
  const [fingerprint = ''] = /^a=fingerprint:.*$/m.exec(sdp) ?? [];
  return session && session + fingerprint.trim();
}

/**
 * By the application, on all channels: the browser acknowledges bytes for a page that hangs, too.
 *
 * @param {RTCPeerConnection} connection
 */
async function messagesReceived(connection) {
  let sum = 0;
  for (const { type, messagesReceived } of (await connection.getStats()).values()) {
    sum += type === 'data-channel' ? messagesReceived : 0;
  }
  return sum;
}
