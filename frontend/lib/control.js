import { randomId } from './data.js';
import { CONTROL } from './data-channel.js';
import { Line } from './line.js';

/** What the newcomer says of the other side's label that it has taken. */
const TOOK = 'took:';
/** What the newcomer says on a new connection of each label that was there before, and without one of all. */
const MOVED = 'moved:';
/** Who we are, and a key that nobody but the other side can know. */
const SELF = /^self:([\w-]{1,64}) ([0-9a-f]{32})$/;
/** What a key looks like on its way through the server: end-of-candidates of an ICE generation that there is not. */
const PROOF = 'peerhost/';

/** @typedef {import('./signaling.js').Message} Message */

/**
 * @typedef {object} ControlOptions
 * @property {string} self our id
 * @property {(label: string) => void} took the other side carries on with our channel of this label
 * @property {(labels: Set<string>) => void} moved all that the other side carries on with over this connection
 * @property {(event?: unknown) => void} claimed the other side says who it is
 * @property {(text: string) => void} heard anything else that the other side says
 * @property {Control} [before] that of the connection before, to the same peer
 */

/**
 * What the libraries at both ends say to each other on a channel of their own (docs/protocol.md). Each tells the other its
 * id with a key, again when it has a new one. Whoever then sends that key through the server is the one at the other end.
 */
export class Control {
  #line;
  /** @type {string[]} the newest, and the one before: the other side may not have heard of the newest yet */
  #keys = [];
  /**
   * Who the other side says it is, and what we can prove to it that we are at this end.
   *
   * @type {{ id: string, key: string } | undefined}
   */
  claim;
  /**
   * The id that the other side knows us by.
   *
   * @type {string}
   */
  knownAs;

  /**
   * @param {RTCPeerConnection} connection
   * @param {ControlOptions} options
   */
  constructor(connection, { self, took, moved, claimed, heard, before }) {
    /** @type {Set<string>} */
    const labels = new Set();
    this.#line = new Line(connection.createDataChannel(CONTROL.label, CONTROL.options), (text) => {
      const [, id, key] = SELF.exec(text) ?? [];
      if (id) {
        this.claim = { id, key };
        claimed();
      } else if (text.startsWith(TOOK)) {
        took(text.slice(TOOK.length));
      } else if (text === MOVED) {
        moved(labels);
      } else if (text.startsWith(MOVED)) {
        labels.add(text.slice(MOVED.length));
      } else {
        heard(text);
      }
    });
    this.#keys = before ? before.#keys : [];
    this.claim = before?.claim;
    this.knownAs = before?.knownAs ?? self;
    this.introduce(self);
  }

  /** @param {string} label of a channel that the other side opened */
  took(label) {
    this.say(`${TOOK}${label}`);
  }

  /** @param {string[]} labels those that we carry on with over this connection; an empty one needs no word */
  moved(labels) {
    for (const label of [...labels.filter(Boolean), '']) {
      this.say(`${MOVED}${label}`);
    }
  }

  /** @param {string} self our id from now on */
  introduce(self) {
    const key = randomId();
    this.#keys = [key, ...this.#keys.slice(0, 1)];
    this.say(`self:${self} ${key}`);
  }

  /** @param {string} key whether it is the one that we told the other side, and it alone */
  expects(key) {
    return this.#keys.includes(key);
  }

  /** @param {string} text */
  say(text) {
    this.#line.say(text);
  }
}

/** @param {string} key what the other side told us */
export const proofOf = (key) => ({ candidate: { candidate: '', usernameFragment: `${PROOF}${key}` } });

/**
 * @param {Message} signal
 * @returns {string | undefined} the key in it, if it is a proof
 */
export function keyIn({ type, candidate }) {
  const fragment = type === 'candidate' ? candidate?.usernameFragment : undefined;
  return typeof fragment === 'string' && fragment.startsWith(PROOF) ? fragment.slice(PROOF.length) : undefined;
}
