import { Channel } from './channel.js';
import { optionsOf } from './data-channel.js';
import { because } from './errors.js';
import { closeAll, comes, heard, leave } from './moving.js';
import { onWire } from './speech.js';
import { Transfer } from './transfer.js';

/** Milliseconds that the present side has to close the RTCDataChannel that lost against ours. */
const UNSEEN_FOR = 5_000;

/** @typedef {import('./data-channel.js').ChannelOptions} ChannelOptions */

/** The channels of one peer by label. Two that both sides opened at once become the newcomer's one. */
export class Channels {
  #peer;
  #newcomer;
  #incoming;
  /** @type {Map<string, Channel>} */
  #channels = new Map();
  /** @type {Map<string, RTCDataChannel>} the newest of each label, until it is closed */
  #wires = new Map();
  /** @type {WeakSet<RTCDataChannel>} those that we opened */
  #ours = new WeakSet();
  #transfer;

  /**
   * @param {import('./peer.js').Peer} peer
   * @param {boolean} newcomer whether we came after the peer
   * @param {(channel: Channel) => void} incoming told of a channel that was not asked for here
   */
  constructor(peer, newcomer, incoming) {
    this.#peer = peer;
    this.#newcomer = newcomer;
    this.#incoming = incoming;
    this.#transfer = new Transfer(newcomer);
  }

  /** @param {string} label the other side carries on with our channel of this label */
  confirm(label) {
    this.#channels.get(label)?.outbox.confirm();
  }

  /**
   * @param {string} label
   * @param {ChannelOptions} [options] heeded when this opens the channel
   * @returns {Channel}
   * @throws {TypeError} what createDataChannel has against label or options
   */
  open(label, options) {
    const known = this.#channels.get(label);
    if (known?.live) {
      known.inbox.take();
      return known;
    }
    const before = this.#wires.get(label);
    const wanted = onWire(options);
    const channel = new Channel(this.#peer, label, wanted);
    channel.inbox.take();
    if (before && before.readyState !== 'closed') {
      // The other side must see the old one end before it sees the new one.
      before.addEventListener('close', () => this.#createLate(channel, wanted));
    } else {
      this.#create(channel, wanted);
    }
    this.#add(channel);
    return channel;
  }

  /**
   * Opens all channels anew on the connection that the peer has now, so that nothing is lost, and nothing overtakes.
   *
   * @param {number} within milliseconds
   */
  async move(within) {
    const moves = [...this.#channels.values()].map(async (channel) => {
      const wire = channel.wire ?? this.#wires.get(channel.label);
      if (wire) {
        await leave(channel, wire, within);
        this.#createLate(channel, optionsOf(wire));
        await heard(channel, within);
      }
    });
    await Promise.all(moves);
  }

  /**
   * Carries on over a new connection of the peer, since the one that there is is broken.
   *
   * @returns {() => void} to be called when the peer has the new connection
   */
  transfer() {
    const all = [...this.#channels.values()];
    const opened = this.#transfer.begin(
      all.map((channel) => ({ channel, wire: channel.wire ?? this.#wires.get(channel.label) })),
    );
    this.#wires.clear();
    return () => {
      for (const { channel, options } of opened) {
        this.#createLate(channel, options);
      }
      if (this.#newcomer) {
        this.#peer.control?.moved(opened.map(({ channel }) => channel.label));
      }
    };
  }

  /** @param {Set<string>} labels all that the newcomer has taken over to the new connection */
  transferred(labels) {
    this.#transfer.end(labels);
  }

  /** Closes all from here, so that what was sent arrives, and what has come is acknowledged. */
  async leave() {
    await closeAll([...this.#channels.values()]);
    this.close();
  }

  /** @param {import('./errors.js').PeerhostError} [error] why, if it is not that somebody left */
  close(error) {
    [...this.#channels.values()].map((channel) => channel.closed(error));
  }

  /**
   * @param {Channel} channel
   * @param {ChannelOptions} [options]
   */
  #create(channel, options) {
    const wire = this.#peer.connection.createDataChannel(channel.label, options);
    this.#ours.add(wire);
    this.#attach(channel, wire, !this.#newcomer);
  }

  /**
   * @param {Channel} channel
   * @param {ChannelOptions} [options]
   */
  #createLate(channel, options) {
    if (!channel.live || channel.wire) {
      return;
    }
    try {
      this.#create(channel, options);
    } catch (cause) {
      channel.closed(because('CHANNEL_ERROR', `"${channel.label}" cannot be opened`, cause));
    }
  }

  /** @param {RTCDataChannel} wire opened by the other side */
  arrived(wire) {
    const known = this.#channels.get(wire.label);
    const newest = this.#wires.get(wire.label);
    const ours = newest && this.#ours.has(newest) && newest.readyState !== 'closed' ? newest : undefined;
    if (this.#newcomer && ours) {
      // The other side closes it when it sees ours, and sends again there what it sent here.
      comes(wire, UNSEEN_FOR, 'close').then(() => wire.close());
      return;
    }
    if (known?.outbox.contested && ours) {
      // It may have been closed here before we knew that there were two.
      known.live && this.#attach(known, wire, false);
      (known.live ? ours : wire).close();
      return;
    }
    if (this.#newcomer) {
      this.#peer.control?.took(wire.label);
    }
    if (known?.live && !known.wire) {
      this.#attach(known, wire, false);
      return;
    }
    // Still live here, but opened anew over there: its end is on the way.
    known?.wire?.close();
    known?.closed();
    const channel = new Channel(this.#peer, wire.label, wire);
    this.#attach(channel, wire, false);
    this.#add(channel);
    this.#incoming(channel);
  }

  /**
   * @param {Channel} channel
   * @param {RTCDataChannel} wire
   * @param {boolean} contested
   */
  #attach(channel, wire, contested) {
    this.#wires.set(channel.label, wire);
    wire.addEventListener('close', () => this.#wires.get(channel.label) === wire && this.#wires.delete(channel.label));
    channel.attach(wire, contested);
  }

  /** @param {Channel} channel */
  #add(channel) {
    this.#channels.set(channel.label, channel);
    channel.addEventListener('close', () => {
      if (this.#channels.get(channel.label) === channel) {
        this.#channels.delete(channel.label);
      }
    });
  }
}
