import { because } from './errors.js';

/** Milliseconds that a connection made ahead is kept: it holds ports. */
const KEPT_FOR = 5_000;

/**
 * Makes the RTCPeerConnections of a room; the first one ahead, so that it asks STUN and TURN servers for candidates while we
 * are being let in. Where there are none, gathering takes next to no time, but for that from what lets us in.
 */
export class Connections {
  #rtcConfig;
  /** @type {RTCPeerConnection | undefined} */
  #ahead;
  #timer;

  /**
   * @param {RTCConfiguration} rtcConfig
   * @throws {PeerhostError} BAD_RTC_CONFIG
   */
  constructor(rtcConfig) {
    this.#rtcConfig = rtcConfig;
    try {
      const iceCandidatePoolSize = rtcConfig.iceServers?.length ? 1 : 0;
      this.#ahead = new RTCPeerConnection({ iceCandidatePoolSize, ...rtcConfig });
    } catch (cause) {
      throw because('BAD_RTC_CONFIG', 'The rtcConfig is refused', cause);
    }
    this.#timer = setTimeout(() => this.close(), KEPT_FOR);
  }

  /** @returns {RTCPeerConnection} one that nobody else has */
  create() {
    const ahead = this.#ahead;
    clearTimeout(this.#timer);
    this.#ahead = undefined;
    return ahead ?? new RTCPeerConnection(this.#rtcConfig);
  }

  /** Gives up the one that nobody has asked for. */
  close() {
    clearTimeout(this.#timer);
    this.#ahead?.close();
    this.#ahead = undefined;
  }
}
