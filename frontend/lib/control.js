import { CONTROL } from './data-channel.js';

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
 * @property {Control} [before] that of the connection before, to the same peer
 */

/**
 * What the libraries at both ends say to each other on a channel of their own (docs/protocol.md). Each tells the other its
 * id with a key, again when it has a new one. Whoever then sends that key through the server is the one at the other end.
 */
export class Control {
  #channel;
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
  constructor(connection, { self, took, moved, claimed, before }) {
    /** @type {Set<string>} */
    const labels = new Set();
    const channel = connection.createDataChannel(CONTROL.label, CONTROL.options);
    channel.addEventListener('message', ({ data }) => {
      const [, id, key] = SELF.exec(data) ?? [];
      if (id) {
        this.claim = { id, key };
        claimed();
      } else if (typeof data === 'string' && data.startsWith(TOOK)) {
        took(data.slice(TOOK.length));
      } else if (data === MOVED) {
        moved(labels);
      } else if (typeof data === 'string' && data.startsWith(MOVED)) {
        labels.add(data.slice(MOVED.length));
      }
    });
    this.#channel = channel;
    this.#keys = before ? before.#keys : [];
    this.claim = before?.claim;
    this.knownAs = before?.knownAs ?? self;
    this.introduce(self);
  }

  /** @param {string} label of a channel that the other side opened */
  took(label) {
    this.#tell(`${TOOK}${label}`);
  }

  /** @param {string[]} labels those that we carry on with over this connection; an empty one needs no word */
  moved(labels) {
    for (const label of [...labels.filter(Boolean), '']) {
      this.#tell(`${MOVED}${label}`);
    }
  }

  /** @param {string} self our id from now on */
  introduce(self) {
    const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
    const key = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
    this.#keys = [key, ...this.#keys.slice(0, 1)];
    this.#tell(`self:${self} ${key}`);
  }

  /** @param {string} key whether it is the one that we told the other side, and it alone */
  expects(key) {
    return this.#keys.includes(key);
  }

  /** @param {string} text */
  #tell(text) {
    const channel = this.#channel;
    if (channel.readyState === 'connecting') {
      channel.addEventListener('open', () => channel.send(text), { once: true });
    } else if (channel.readyState === 'open') {
      channel.send(text);
    }
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
