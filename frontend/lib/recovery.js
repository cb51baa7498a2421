/** Milliseconds that an interruption may last before something is done about it. */
const GRACE = 3_000;
/** Milliseconds that a try has before the next one, doubled each time up to the longest. */
const FIRST_TRY = 3_000;
const LONGEST_TRY = 8_000;
/** Milliseconds. */
const RECOVER_WITHIN = 60_000;
/** Tries with the connection that there is; after those, each makes a new one. */
const RESTARTS = 6;

/** @typedef {'failed' | 'disconnected' | false} IceRestart when to restart ICE without being told to */

/**
 * @typedef {object} RecoveryOptions
 * @property {IceRestart} [iceRestart] `disconnected` where not given
 * @property {number} [recoveryTimeout] milliseconds from the interruption to the end of the tries, 60,000 where not given
 */

/**
 * @typedef {object} Recoverable a way to somebody that may be interrupted
 * @property {() => boolean} reachable whether signals can be sent; without that a try is put off
 * @property {() => unknown} restartIce over the connection that there is (W3C WebRTC)
 * @property {() => unknown} rebuild the connection
 * @property {(why: string) => void} giveUp
 */

/**
 * What is done about a connection that was there and is not: 6 restarts of ICE, 3, 6 and then 8 s apart, then new
 * connections every 8 s, until one stands or the time is over. A restart keeps what is on its way; so it goes first, for as
 * long as most interruptions last.
 */
export class Recovery {
  #path;
  #iceRestart;
  #timeout;
  #tries = 0;
  #interrupted = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #next;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #deadline;

  /**
   * @param {Recoverable} path
   * @param {RecoveryOptions} options
   */
  constructor(path, { iceRestart = 'disconnected', recoveryTimeout = RECOVER_WITHIN }) {
    this.#path = path;
    this.#iceRestart = iceRestart;
    this.#timeout = recoveryTimeout;
  }

  /** @param {RTCPeerConnectionState} state of a connection that was there before */
  follow(state) {
    if (state === 'connected') {
      this.stop();
      return;
    }
    if (!this.#interrupted) {
      this.#interrupted = true;
      const late = () => this.#path.giveUp(`not within ${this.#timeout} ms`);
      this.#deadline = setTimeout(late, this.#timeout);
    }
    if (state === 'failed' && this.#repairs() && this.#tries === 0) {
      this.#try();
    } else if (state === 'disconnected' && this.#iceRestart === 'disconnected' && this.#tries === 0) {
      this.#after(GRACE);
    }
  }

  /** The network or the way to the server is another one, or is back: a try that waits is made now. */
  wake() {
    if (this.#interrupted && this.#iceRestart) {
      this.#tries = Math.min(this.#tries, RESTARTS - 1);
      this.#try();
    }
  }

  /** The connection is beyond repair, and its channels end with it: another one is made now, whatever waits. */
  replace() {
    if (this.#repairs()) {
      this.#tries = Math.max(1, this.#tries);
      this.#after(FIRST_TRY);
      this.#path.rebuild();
    }
  }

  /** Ends all that is under way: the connection stands, or is closed. */
  stop() {
    clearTimeout(this.#next);
    clearTimeout(this.#deadline);
    this.#interrupted = false;
    this.#tries = 0;
  }

  /** Whether anything is to be done about a failure; else that was the end. */
  #repairs() {
    if (!this.#iceRestart) {
      this.#path.giveUp('and iceRestart is false');
    }
    return this.#iceRestart;
  }

  /** @param {number} delay */
  #after(delay) {
    clearTimeout(this.#next);
    this.#next = setTimeout(() => this.#try(), delay);
  }

  #try() {
    if (!this.#path.reachable()) {
      this.#after(FIRST_TRY);
      return;
    }
    this.#after(Math.min(LONGEST_TRY, FIRST_TRY * 2 ** this.#tries));
    this.#tries++ < RESTARTS ? this.#path.restartIce() : this.#path.rebuild();
  }
}
