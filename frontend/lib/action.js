import { decode, encode } from './action-message.js';
import { PeerhostError } from './errors.js';
import { ActionEvent, FailureEvent, TypedEventTarget } from './events.js';

/** Of every action's channel, before the action's name. */
export const LABEL = 'peerhost.action.';
/** Milliseconds. */
const ANSWER_WITHIN = 10_000;
/** Requests that wait for an answer. */
const MAX_PENDING = 1_024;

/** @typedef {import('./action-message.js').Head} Head */
/** @typedef {import('./peer.js').Peer} Peer */
/** @typedef {import('./parcel.js').SendOptions} SendOptions */
/** @typedef {import('./room-channel.js').RoomChannel} RoomChannel */
/** @typedef {{ peer: Peer, metadata: any }} RequestInfo who asks, and what was sent beside the data */
/** @typedef {(data: any, info: RequestInfo) => unknown} Responder gives the answer, or a promise of it */

/**
 * @typedef {object} Pending
 * @property {Peer} peer
 * @property {(answer: any) => void} resolve
 * @property {(error: PeerhostError) => void} reject
 */

/**
 * Messages of one name between the browsers of a room: values that JSON has, or binary ones, to one, some or all, and
 * requests with an answer. Events: `message` (`event.data`, `event.metadata`, `event.peer`), `error`.
 *
 * @extends {TypedEventTarget<{ message: ActionEvent, error: FailureEvent }>}
 */
export class Action extends TypedEventTarget {
  #name;
  #channel;
  /** @type {Responder | undefined} */
  #responder;
  /** @type {Map<number, Pending>} */
  #pending = new Map();
  #lastId = 0;

  /**
   * @internal
   * @param {string} name
   * @param {RoomChannel} channel its own
   */
  constructor(name, channel) {
    super();
    this.#name = name;
    this.#channel = channel;
    channel.addEventListener('message', ({ peer, data }) => this.#received(peer, data));
    channel.addEventListener('error', ({ peer, error }) => this.dispatchEvent(new FailureEvent(error, peer)));
    channel.addEventListener('close', ({ peer }) => {
      for (const pending of this.#pending.values()) {
        if (pending.peer === peer) {
          pending.reject(new PeerhostError('PEER_CLOSED', `${peer.name || peer.id} left before it answered`));
        }
      }
    });
  }

  get name() {
    return this.#name;
  }

  /**
   * Sends one message.
   *
   * @param {unknown} data what JSON has, or an ArrayBuffer, a typed array or a Blob, which arrive as an ArrayBuffer
   * @param {SendOptions & { to?: Peer | Iterable<Peer>, metadata?: unknown }} [options] to whom, all where not given; what
   *   JSON has, beside the data
   * @returns {Promise<void>} fulfilled when it was taken to be sent to each
   * @throws {PeerhostError} as a channel's send()
   */
  async send(data, { to, metadata, ...options } = {}) {
    const message = encode({ type: 'message', data, metadata });
    if (!to) {
      await this.#channel.send(message, options);
      return;
    }
    const peers = Symbol.iterator in to ? [...to] : [to];
    await Promise.all(peers.map((peer) => this.#to(peer).send(message, options)));
  }

  /**
   * Asks one peer, and waits for the answer.
   *
   * @param {Peer} peer
   * @param {unknown} data as send() takes it
   * @param {SendOptions & { metadata?: unknown, timeout?: number }} [options] milliseconds, 10,000 where not given
   * @returns {Promise<any>} what the peer's responder gave
   * @throws {PeerhostError} NO_RESPONDER; REQUEST_FAILED with the responder's message; TIMEOUT; ABORTED; PEER_CLOSED;
   *   QUEUE_FULL when 1,024 requests wait; as a channel's send()
   */
  async request(peer, data, { metadata, timeout = ANSWER_WITHIN, ...options } = {}) {
    if (this.#pending.size >= MAX_PENDING) {
      throw new PeerhostError('QUEUE_FULL', `"${this.#name}": ${MAX_PENDING} requests wait already: await the answers`);
    }
    const { signal } = options;
    const id = ++this.#lastId;
    const message = encode({ type: 'request', id, data, metadata });
    /** @type {Promise<any>} */
    const answer = new Promise((resolve, reject) => this.#pending.set(id, { peer, resolve, reject }));
    const giveUp = (/** @type {'TIMEOUT' | 'ABORTED'} */ code, /** @type {string} */ why) =>
      this.#pending.get(id)?.reject(new PeerhostError(code, `"${this.#name}": ${why}`, { cause: signal?.reason }));
    const timer = setTimeout(() => giveUp('TIMEOUT', `no answer within ${timeout} ms`), timeout);
    const onAbort = () => giveUp('ABORTED', 'the request was given up');
    signal?.addEventListener('abort', onAbort);
    try {
      const sent = this.#to(peer).send(message, options);
      // The answer may be given up before the request is sent.
      return await Promise.race([answer, sent.then(() => answer)]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      this.#pending.delete(id);
    }
  }

  /** @param {Responder | null} responder answers the requests of others from now on; null: nobody does */
  respond(responder) {
    this.#responder = responder ?? undefined;
  }

  /** Closes the action's channel to everybody; requests that wait are refused. */
  close() {
    this.#channel.close();
  }

  /** @param {Peer} peer */
  #to(peer) {
    return peer.channel(LABEL + this.#name);
  }

  /**
   * @param {Peer} peer
   * @param {string | ArrayBuffer} message
   */
  #received(peer, message) {
    /** @type {Head} */
    let head;
    try {
      head = decode(message);
    } catch (error) {
      this.dispatchEvent(new FailureEvent(/** @type {PeerhostError} */ (error), peer));
      return;
    }
    const { type, id = 0, data, metadata } = head;
    const pending = this.#pending.get(id);
    if (type === 'message') {
      this.dispatchEvent(new ActionEvent(data, metadata, peer));
    } else if (type === 'request') {
      this.#answer(id, data, { peer, metadata });
    } else if (pending?.peer === peer && type === 'response') {
      pending.resolve(data);
    } else if (pending?.peer === peer) {
      const code = head.code === 'NO_RESPONDER' ? 'NO_RESPONDER' : 'REQUEST_FAILED';
      pending.reject(new PeerhostError(code, `"${this.#name}" at ${peer.name || peer.id}: ${head.message}`));
    }
  }

  /**
   * @param {number} id
   * @param {any} data
   * @param {RequestInfo} info
   */
  async #answer(id, data, info) {
    /** @type {string | Blob} */
    let message;
    try {
      message = this.#responder
        ? encode({ type: 'response', id, data: await this.#responder(data, info) })
        : encode({ type: 'failure', id, code: 'NO_RESPONDER', message: 'nobody answers requests there' });
    } catch (error) {
      message = encode({ type: 'failure', id, message: error instanceof Error ? error.message : String(error) });
    }
    try {
      await this.#to(info.peer).send(message);
    } catch (error) {
      // Who asked and went is no failure of ours.
      if (info.peer.state !== 'closed') {
        this.dispatchEvent(new FailureEvent(/** @type {PeerhostError} */ (error), info.peer));
      }
    }
  }
}
