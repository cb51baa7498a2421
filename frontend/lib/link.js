import { Control } from './control.js';
import { CONTROL } from './data-channel.js';
import { PeerhostError } from './errors.js';
import { Heartbeat } from './heartbeat.js';
import { Inquiries } from './inquiries.js';
import { Negotiation } from './negotiation.js';

/** @typedef {import('./signaling.js').Message} Message */

/** One RTCPeerConnection to a peer. When it cannot be repaired the peer gets another one. */
export class Link {
  #path;
  #negotiation;
  /** @type {Heartbeat | undefined} */
  #heartbeat;
  /** What the other side's descriptions have in common, from the first that came. */
  #remote = '';
  /** The same of the connection before. */
  #stale = '';
  /** @type {Control | undefined} of a browser */
  control;
  /** @type {RTCDataChannel | undefined} of one that replaces another: without labelled channels there is nothing to offer */
  carrier;

  /**
   * @param {import('./path.js').Path} path
   * @param {boolean} offers whether we make the first offer
   * @param {Link} [before] the one that this replaces
   */
  constructor(path, offers, before) {
    const { peer, channels, members } = path;
    const connection = members.settings.connections.create();
    this.#path = path;
    this.connection = connection;
    this.#stale = before ? before.#remote || before.#stale : '';
    this.#negotiation = new Negotiation(connection, {
      offers,
      polite: () => members.self < peer.id,
      send: (type, body) => members.send(peer, type, body),
      failed: (error) => this.isCurrent && peer.fire('error', { error, peer }),
    });
    connection.addEventListener('connectionstatechange', () => this.#follow(connection.connectionState));
    connection.addEventListener('datachannel', ({ channel }) => this.isCurrent && channels.arrived(channel));
    if (peer.kind === 'browser') {
      this.control = new Control(this, path, before?.control);
      this.inquiries = this.control;
      this.#negotiation.begin();
      this.#heartbeat = new Heartbeat({
        ping: (within) => this.inquiries.ping(within),
        received: () => messagesReceived(connection),
        changed: (alive) => path.follow(this, alive ? connection.connectionState : 'disconnected'),
      });
    } else {
      // An ordinary channel, and none until the server is asked something.
      this.inquiries = new Inquiries(connection);
      // Negotiated, so that the server is not told of it.
      this.carrier = before && connection.createDataChannel(CONTROL.label, CONTROL.options);
    }
  }

  /** Whether it is the one that the peer has now, and not about to be closed. */
  get isCurrent() {
    return this.#path.link === this && this.#path.peer.state !== 'closed';
  }

  /** Whether only another connection can help: without DTLS no restart of ICE does. */
  get isBeyondRepair() {
    return this.connection.sctp?.transport.state === 'failed';
  }

  /**
   * @param {Message} signal
   * @returns {boolean} false when the other side has another connection than the one that this leads to
   */
  receive(signal) {
    const session = sessionOf(signal.sdp);
    if (session && session === this.#stale) {
      return true; // Sent before the other side knew of this connection.
    }
    if (session && this.#remote && session !== this.#remote) {
      return false;
    }
    this.#remote ||= session;
    const { peer } = this.#path;
    if (!this.#negotiation.receive(signal)) {
      peer.close(new PeerhostError('TOO_MANY_SIGNALS', `${peer.id} sends more than can be dealt with`));
    }
    return true;
  }

  /**
   * Restarts ICE, whatever is under way.
   *
   * @returns {Promise<boolean | undefined>} whether a browser does not hear us any more because of it
   */
  async restartIce() {
    this.#negotiation.restartIce();
    return this.control?.restarted();
  }

  /** Nothing of it is heard of again. */
  close() {
    this.#heartbeat?.stop();
    this.inquiries.close();
    this.connection.close();
  }

  /** @param {RTCPeerConnectionState} state */
  #follow(state) {
    const stands = state === 'connected';
    if (stands) {
      this.connection.sctp?.addEventListener('statechange', this.#ended);
    }
    this.#heartbeat?.[stands ? 'start' : 'stop']();
    this.#path.follow(this, state);
  }

  /** The other side's close() shows here at once, and in connectionState half a minute later. */
  #ended = () => {
    const { sctp, signalingState } = this.connection;
    if (sctp?.state === 'closed' && signalingState !== 'closed' && this.isCurrent) {
      this.isBeyondRepair ? this.#path.broken() : this.#path.peer.close();
    }
  };
}

/**
 * What stays the same in all descriptions of one RTCPeerConnection: the session id (RFC 9429 section 5.2.1) and the
 * certificate.
 *
 * @param {string | undefined} sdp
 * @returns {string} empty for a candidate, which has none
 */
function sessionOf(sdp = '') {
  const [, session = '', fingerprint = ''] = /^o=\S+ (\d+) [\s\S]*?^a=fingerprint:(.*)/m.exec(sdp) ?? [];
  return session + fingerprint;
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
