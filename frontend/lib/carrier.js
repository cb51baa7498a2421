/** @typedef {import('./frames.js').Bytes} Bytes */
/** @typedef {import('./parcel.js').Parcel} Parcel */
/** @typedef {import('./sender.js').Sender} Sender */

/** Bytes buffered in the RTCDataChannel from which on messages wait, from which on fragments do, and to which they wait. */
const HIGH_WATER = 1_048_576;
const FRAGMENTS_WATER = 262_144;
const LOW_WATER = 131_072;

/**
 * @typedef {object} CarrierOptions
 * @property {() => Bytes | undefined} control what the ends have to say to each other, which goes first
 * @property {() => boolean} fragments whether the other side takes them yet
 * @property {(parcel: Parcel, error: Error) => void} refuse a message that cannot be read
 * @property {(cause: unknown) => void} failed the RTCDataChannel does not take a frame
 */

/** Gives frames to the RTCDataChannel of the moment, as fast as it sends them. */
export class Carrier {
  #sender;
  #options;
  /** @type {RTCDataChannel | undefined} */
  #wire;
  #draining = false;

  /**
   * @param {Sender} sender
   * @param {CarrierOptions} options
   */
  constructor(sender, options) {
    this.#sender = sender;
    this.#options = options;
  }

  /** The one that is open. */
  get wire() {
    return this.#wire;
  }

  /** @param {RTCDataChannel} wire that has opened */
  open(wire) {
    this.#wire = wire;
    wire.bufferedAmountLowThreshold = LOW_WATER;
    wire.addEventListener('bufferedamountlow', () => this.drain());
    this.drain();
  }

  /** There is none at the moment. */
  leave() {
    this.#wire = undefined;
  }

  /** Gives all that can go. */
  async drain() {
    if (this.#draining) {
      return;
    }
    this.#draining = true;
    for (let wire = this.#wire; wire?.readyState === 'open'; wire = this.#wire) {
      const room = wire.bufferedAmount < HIGH_WATER;
      const fragments = wire.bufferedAmount < FRAGMENTS_WATER && this.#options.fragments();
      const control = this.#options.control();
      const next = control ? { frame: control } : room ? this.#sender.next(fragments) : undefined;
      if (next) {
        this.give(next.frame);
        next.parcel?.report();
        continue;
      }
      const parcel = room ? this.#sender.head(fragments) : undefined;
      if (!parcel || parcel.ready) {
        break;
      }
      await parcel.read().catch((error) => this.#options.refuse(parcel, error));
    }
    this.#draining = false;
  }

  /** @param {Bytes} frame */
  give(frame) {
    try {
      this.#wire?.send(frame);
    } catch (cause) {
      // The end of one that is closing is told by itself, and another one gets the frame.
      if (this.#wire?.readyState === 'open') {
        this.#options.failed(cause);
      }
    }
  }
}
