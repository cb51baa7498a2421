import { randomId } from './data.js';
import { CONTROL } from './data-channel.js';
import { Inquiries } from './inquiries.js';

/** Who we are, and a key that nobody but the other side can know. */
const SELF = /^([\w-]{1,64}) (\w{32})$/;
/** What a key looks like on its way through the server: end-of-candidates of an ICE generation that there is not. */
const PROOF = /^peerhost\/(.*)/;

/** @typedef {import('./signaling.js').Message} Message */

/**
 * What browsers say to each other besides. Each tells the other its id with a key, again when it has a new one: whoever then
 * sends that key through the server is the one at the other end. And the newcomer says what it has taken, and taken along.
 */
export class Control extends Inquiries {
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
   * @param {import('./link.js').Link} link
   * @param {import('./path.js').Path} path
   * @param {Control} [before] that of the connection before, to the same peer
   */
  constructor(link, { peer, channels, members }, before) {
    super(link.connection, CONTROL.options);
    /** @type {Set<string>} */
    const labels = new Set();
    Object.assign(this.hears, {
      self: (/** @type {string} */ text) => {
        const [, id, key] = SELF.exec(text) ?? [];
        if (id) {
          this.claim = { id, key };
          link.isCurrent && members.claimed(peer);
        }
      },
      took: (/** @type {string} */ label) => link.isCurrent && channels.confirm(label),
      moved: (/** @type {string} */ label) => {
        label ? labels.add(label) : link.isCurrent && channels.transferred(labels);
      },
    });
    this.#keys = before ? before.#keys : [];
    this.claim = before?.claim;
    this.knownAs = before?.knownAs ?? members.self;
    this.introduce(members.self);
  }

  /** @param {string[]} labels all that we, the newcomer, carry on with over this new connection: then without one, that it was all */
  moved(labels) {
    for (const label of [...labels.filter(Boolean), '']) {
      this.say(`moved:${label}`);
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
}

/** @param {string} key what the other side told us */
export const proofOf = (key) => ({ candidate: { candidate: '', usernameFragment: `peerhost/${key}` } });

/**
 * @param {Message} signal
 * @returns {string | undefined} the key in it, if it is a proof
 */
export const keyIn = ({ candidate }) => PROOF.exec(candidate?.usernameFragment)?.[1];
