import { because, PeerhostError } from './errors.js';
import { probe } from './probe.js';
import { openSession } from './stomp-session.js';

/** @typedef {import('./stomp.js').Client} Client */

/** @typedef {{ type: string, [field: string]: any }} Message a body that the server delivered */

/**
 * @typedef {object} SignalingListener
 * @property {(resumed: boolean) => void} welcome the session stands: as the same peer as before, or as a new one
 * @property {(message: Message) => void} message anything after the welcome, in the server's order
 * @property {(error?: PeerhostError) => void} lost the session ended, or never came to be: the next try is under way, or, without
 *   an error, waits for check()
 */

/** Milliseconds from the start of a try to its welcome. */
const WELCOME_WITHIN = 10_000;
/** The most milliseconds before the first and, doubled each time, before any other try. */
const FIRST_DELAY = 500;
const LONGEST_DELAY = 4_000;
/** Messages that wait for the session to be resumed; with more, the next session is a new one. */
const MAX_UNSENT = 1_024;
/** Milliseconds that the server has to confirm our DISCONNECT. */
const GOODBYE_WITHIN = 2_000;

/**
 * One session at a time with the server: a lost one is followed by
 * another until close(), as the same peer where the server still can.
 */
export class Signaling {
  #url;
  #listener;
  /** @type {Client | undefined} */
  #client;
  /** @type {WebSocket | undefined} */
  #socket;
  #welcomed = false;
  #tries = 0;
  /** @type {string | undefined} what proves to the server who we were */
  #token;
  /** The number of the last message that came. */
  #seq = 0;
  /** @type {{ destination: string, body: string }[]} */
  #unsent = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {string} url ws: or wss:
   * @param {SignalingListener} listener
   */
  constructor(url, listener) {
    this.#url = url;
    this.#listener = listener;
  }

  /** Starts a try. */
  connect() {
    clearTimeout(this.#timer);
    let why = new PeerhostError('SIGNALING_UNREACHABLE', `${this.#url} cannot be reached, or refuses this page`);
    /** @type {ReturnType<typeof openSession>} */
    let session;
    try {
      session = openSession(this.#url, {
        headers: this.#token ? { resume: this.#token, 'last-seq': String(this.#seq) } : {},
        received: (body) => this.#receive(client, body),
        refused: (sentence) => {
          why = new PeerhostError('SIGNALING_ERROR', sentence);
        },
        ended: () => this.#lost(client, why),
      });
    } catch (cause) {
      this.#lost(undefined, because('SIGNALING_UNREACHABLE', `${this.#url} is refused`, cause));
      return;
    }
    const { client, socket } = session;
    this.#socket = socket;
    this.#client = client;
    this.#timer = setTimeout(() => this.#silent(client), WELCOME_WITHIN);
  }

  /**
   * Sends now, or when the session is resumed, or never: what a lost session did not carry, a new one has no use for.
   *
   * @param {string} destination
   * @param {object} body
   */
  send(destination, body) {
    const message = { destination, body: JSON.stringify(body) };
    if (this.#welcomed && this.#client?.connected) {
      this.#client.publish(message);
    } else if (this.#token && this.#unsent.push(message) > MAX_UNSENT) {
      this.#begin();
    }
  }

  /** The network may be another one: a session that carries nothing any more is given up, and no try waits longer. */
  check() {
    const client = this.#client;
    if (!client && this.#tries > 0) {
      this.connect();
    } else if (this.#welcomed && client?.connected) {
      probe(client, () => this.#silent(client));
    }
  }

  /** Gives the socket up and not the session, which check() goes on with. */
  suspend() {
    this.#tries = 1;
    this.#discard();
    this.#listener.lost();
  }

  /** Ends the session, with a DISCONNECT if it stands, and starts no other. */
  close() {
    const client = this.#client;
    this.#tries = 0;
    if (client?.connected) {
      clearTimeout(this.#timer);
      this.#client = undefined;
      const late = setTimeout(() => client.deactivate({ force: true }), GOODBYE_WITHIN);
      client.deactivate().finally(() => clearTimeout(late));
    } else {
      this.#discard();
    }
  }

  /**
   * @param {Client} client
   * @param {string} body
   */
  #receive(client, body) {
    if (client !== this.#client) {
      return;
    }
    /** @type {Message} */
    let message;
    try {
      message = JSON.parse(body);
    } catch (cause) {
      // It would come again.
      this.#begin();
      this.#lost(client, because('SIGNALING_ERROR', 'The server sent no JSON', cause));
      return;
    }
    if (message.type !== 'welcome') {
      this.#seq = message.seq;
      this.#listener.message(message);
      return;
    }
    clearTimeout(this.#timer);
    this.#tries = 0;
    this.#welcomed = true;
    if (!message.resumed) {
      this.#begin();
    }
    this.#token = message.resume;
    this.#listener.welcome(message.resumed);
    for (const unsent of this.#unsent.splice(0)) {
      client.publish(unsent);
    }
  }

  /** There is nothing to go on with. */
  #begin() {
    this.#token = undefined;
    this.#seq = 0;
    this.#unsent = [];
  }

  /**
   * @param {Client | undefined} client
   * @param {PeerhostError} error
   */
  #lost(client, error) {
    if (client !== this.#client) {
      return;
    }
    this.#discard();
    // Spread, so that a restarted server does not meet all its clients in the same instant.
    const delay = Math.random() * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#tries++);
    this.#timer = setTimeout(() => this.connect(), delay);
    this.#listener.lost(error);
  }

  /** @param {Client} client */
  #silent(client) {
    this.#lost(client, new PeerhostError('TIMEOUT', `${this.#url} does not answer`));
  }

  #discard() {
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = undefined;
    this.#welcomed = false;
    client?.deactivate({ force: true });
    this.#socket?.close(); // The client knows it only a moment after activate().
  }
}
