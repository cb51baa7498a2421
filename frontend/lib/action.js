import { decode, encode } from './action-message.js';
import { PeerhostError } from './errors.js';
import { TypedEventTarget } from './events.js';
import { Questions } from './questions.js';

/** Milliseconds. */
const ANSWER_WITHIN = 10_000;
/** Requests that wait for an answer. */
const MAX_PENDING = 1_024;

/** @typedef {import('./events.js').ActionEvent} ActionEvent */
/** @typedef {import('./events.js').FailureEvent} FailureEvent */
/** @typedef {import('./action-message.js').Head} Head */
/** @typedef {import('./peer.js').Peer} Peer */
/** @typedef {import('./parcel.js').SendOptions} SendOptions */
/** @typedef {import('./room-channel.js').RoomChannel} RoomChannel */
/** @typedef {{ peer: Peer, metadata: any }} RequestInfo who asks, and what was sent beside the data */
/** @typedef {(data: any, info: RequestInfo) => unknown} Responder gives the answer, or a promise of it */

/**
 * Messages of one name between the browsers of a room: values that JSON has, or binary ones, to one, some or all, and
 * requests with an answer. Events: `message` (`event.data`, `event.metadata`, `event.peer`), `error`.
 *
 * @extends {TypedEventTarget<{ message: ActionEvent, error: FailureEvent }>}
 */
export class Action extends TypedEventTarget {
  /** @readonly */
  name;
  #channel;
  /** @type {Responder | null} */
  #responder = null;
  #requests = new Questions(MAX_PENDING);

  /**
   * @internal
   * @param {string} name
   * @param {RoomChannel} channel its own
   */
  constructor(name, channel) {
    super();
    this.name = name;
    this.#channel = channel;
    channel.addEventListener('message', async ({ peer, data }) => {
      try {
        await this.#received(decode(data), peer);
      } catch (error) {
        // Who asked and went is no failure of ours.
        if (peer.state !== 'closed') {
          this.fire('error', { error: /** @type {PeerhostError} */ (error), peer });
        }
      }
    });
    channel.addEventListener('error', ({ peer, error }) => this.fire('error', { error, peer }));
    channel.addEventListener('close', ({ peer }) =>
      this.#requests.refuse(`${nameOf(peer)} left before it answered`, peer),
    );
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
  request(peer, data, { metadata, timeout = ANSWER_WITHIN, ...options } = {}) {
    return this.#requests.ask(
      (id) => this.#to(peer).send(encode({ type: 'request', id, data, metadata }), options),
      `A request "${this.name}"`,
      timeout,
      peer,
      options.signal,
    );
  }

  /** @param {Responder | null} responder answers the requests of others from now on; null: nobody does */
  respond(responder) {
    this.#responder = responder;
  }

  /** Closes the action's channel to everybody; requests that wait are refused. */
  close() {
    this.#channel.close();
  }

  /** @param {Peer} peer */
  #to(peer) {
    return this.#channel.to(peer);
  }

  /**
   * @param {Head} head of what came
   * @param {Peer} peer
   */
  async #received({ type, id = 0, data, metadata, code, message }, peer) {
    const request = this.#requests.get(id, peer);
    if (type === 'message') {
      this.fire('message', { peer, data, metadata });
    } else if (type === 'request') {
      await this.#to(peer).send(await this.#answer(id, data, { peer, metadata }));
    } else if (type === 'response') {
      request?.resolve(data);
    } else {
      const why = code === 'NO_RESPONDER' ? code : 'REQUEST_FAILED';
      request?.reject(new PeerhostError(why, `"${this.name}" at ${nameOf(peer)}: ${message}`));
    }
  }

  /**
   * @param {number} id
   * @param {any} data
   * @param {RequestInfo} info
   * @returns {Promise<string | Blob>} what is sent back
   */
  async #answer(id, data, info) {
    try {
      return this.#responder
        ? encode({ type: 'response', id, data: await this.#responder(data, info) })
        : encode({ type: 'failure', id, code: 'NO_RESPONDER', message: 'nobody answers there' });
    } catch (error) {
      return encode({ type: 'failure', id, message: error instanceof Error ? error.message : String(error) });
    }
  }
}

/** @param {Peer} peer */
const nameOf = ({ name, id }) => name || id;
