import { equal, event, opened, soon } from './await.js';

/**
 * @typedef {object} Shown a channel as the Java peer's handler saw it
 * @property {string} label without parameters
 * @property {Record<string, string>} parameters
 * @property {string} protocol
 * @property {string | null} room
 * @property {Call[]} calls after its open
 */

/** @typedef {{ kind: string, size?: number, text?: string, base64?: string, sha256?: string }} Call */

/**
 * @typedef {object} Listed a connection in /actuator/peerhost
 * @property {string} state
 * @property {{ label: string, state: string, options: ChannelOptions }[]} channels
 */

/**
 * @typedef {object} ChannelOptions of a channel at the Java peer
 * @property {number} id
 * @property {boolean} ordered
 * @property {number | null} maxRetransmits
 * @property {number | null} maxPacketLifeTime
 */

/** @typedef {{ type: RTCSdpType, sdp: string }} Description */

/** One connection of this page with the Java peer, by one HTTP request, and what that has shown of it. */
export class Visit {
  /** Names the connection to the recording handler. */
  id = crypto.randomUUID();
  pc = new RTCPeerConnection();
  /** @type {RTCDataChannel[]} */
  channels = [];
  /** @type {import('./seat.js').Seat | undefined} */
  seat;

  /**
   * Creates a channel to the recording handler.
   *
   * @param {string} [parameters] more of them, as a query has them
   * @param {RTCDataChannelInit} [init]
   */
  channel(parameters = '', init = {}) {
    return this.labelled(`inspect?visit=${this.id}${parameters && `&${parameters}`}`, init);
  }

  /**
   * Creates a channel with any label.
   *
   * @param {string} label
   * @param {RTCDataChannelInit} [init]
   */
  labelled(label, init = {}) {
    const channel = this.pc.createDataChannel(label, init);
    channel.binaryType = 'arraybuffer';
    this.channels.push(channel);
    return channel;
  }

  /**
   * Connects, and waits until each channel so far is open.
   *
   * @param {(sdp: string) => string} [change] of our offer on its way
   */
  async connect(change = (sdp) => sdp) {
    await this.pc.setLocalDescription();
    const answer = await this.post(change(this.pc.localDescription?.sdp ?? ''));
    await this.pc.setRemoteDescription(answer);
    await Promise.all(this.channels.map(opened));
  }

  /** Waits until the offer has all its candidates in it. */
  async gather() {
    await this.pc.setLocalDescription();
    await event(this.pc, 'icegatheringstatechange', () => this.pc.iceGatheringState === 'complete');
    return this.pc.localDescription?.sdp ?? '';
  }

  /**
   * @param {string} sdp
   * @returns {Promise<Description>} the answer
   */
  async post(sdp) {
    const response = await this.offer(sdp);
    equal('the status of the answer', response.status, 200);
    return response.json();
  }

  /**
   * @param {string} sdp
   * @returns {Promise<Response>}
   */
  offer(sdp) {
    const body = JSON.stringify({ type: 'offer', sdp });
    const headers = { 'Content-Type': 'application/json' };
    return soon(fetch('/__/peerhost/offer', { method: 'POST', headers, body }), 'the answer');
  }

  /**
   * @param {{ events?: number, closed?: number }} until there are so many calls in all, and so many closes
   * @returns {Promise<Shown[]>} its channels, in the order in which they opened
   */
  async shown(until) {
    /** @type {Shown[]} */
    const channels = [];
    for (const { channel, kind, ...more } of await this.calls(until)) {
      if (kind === 'open') {
        channels[channel] = /** @type {Shown} */ (/** @type {unknown} */ ({ ...more, calls: [] }));
      } else {
        channels[channel].calls.push({ kind, ...more });
      }
    }
    return channels;
  }

  /**
   * @param {{ events?: number, closed?: number }} until
   * @returns {Promise<(Call & { channel: number })[]>} every call, in the order in which they came
   */
  async calls({ events = 0, closed = 0 }) {
    const url = `/__/peerhost/conformance/${this.id}?events=${events}&closed=${closed}`;
    return (await fetch(url)).json();
  }

  /**
   * @param {{ events?: number, closed?: number }} until
   * @returns {Promise<string[]>} what kind of call each was
   */
  async kinds(until) {
    return (await this.calls(until)).map(({ kind }) => kind);
  }

  /**
   * What can be seen of the connection from outside the Java peer; call it after {@link shown}.
   *
   * @param {'gone'} [until] it is listed no more
   * @returns {Promise<{ states: string[], listed: Listed | null }>} its states so far, and how it is listed
   */
  async outside(until) {
    return (await fetch(`/__/peerhost/conformance/${this.id}/connection${until ? `?${until}` : ''}`)).json();
  }

  /**
   * Connects by one channel and waits until the Java peer has so many messages of it.
   *
   * @param {(channel: RTCDataChannel) => unknown} step what is sent
   * @param {number} count of messages
   * @param {string} [parameters]
   * @returns {Promise<Call[]>} as the Java peer has them
   */
  async sends(step, count, parameters) {
    const channel = this.channel(parameters);
    await this.connect();
    await step(channel);
    return (await this.shown({ events: count + 1 }))[0].calls;
  }

  /** Gives up the connection, and the seat if it has one. */
  close() {
    this.pc.close();
    this.seat?.close();
  }
}
