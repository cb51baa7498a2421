import { Channel } from './channel.js';
import { optionsOf } from './data-channel.js';
import { because } from './errors.js';
import { closeAll, comes } from './moving.js';
import { onWire } from './speech.js';

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
  /** @type {Set<Channel>} those that the other side is to open on the new connection */
  #awaited = new Set();

  /**
   * @param {import('./peer.js').Peer} peer
   * @param {boolean} newcomer whether we came after the peer
   * @param {(channel: Channel) => void} incoming told of a channel that was not asked for here
   */
  constructor(peer, newcomer, incoming) {
    this.#peer = peer;
    this.#newcomer = newcomer;
    this.#incoming = incoming;
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
    const channel = known?.live ? known : new Channel(this.#peer, label, onWire(options));
    channel.inbox.take();
    if (channel !== known) {
      const before = this.#wires.get(label);
      if (before && before.readyState !== 'closed') {
        // The other side must see the old one end before it sees the new one.
        before.addEventListener('close', () => this.#createLate(channel));
      } else {
        this.#create(channel);
      }
      this.#add(channel);
    }
    return channel;
  }

  /** @param {(channel: Channel, open: () => void) => Promise<void>} move each, which opens it on the connection that the peer has now */
  async each(move) {
    await Promise.all([...this.#channels.values()].map((channel) => move(channel, () => this.#createLate(channel))));
  }

  /**
   * Carries on over the connection that the peer has now, since the one before is broken. The newcomer opens what there was,
   * and then says so; the other side opens only what the newcomer may not have seen yet.
   */
  transfer() {
    this.#wires.clear();
    for (const channel of [...this.#channels.values()]) {
      const unseen = channel.wire?.readyState === 'connecting' || channel.outbox.contested;
      if (channel.live) {
        channel.attach(undefined, false);
      } else {
        channel.closed();
      }
      if (this.#newcomer || unseen) {
        this.#createLate(channel);
      } else {
        this.#awaited.add(channel);
      }
    }
    if (this.#newcomer) {
      this.#peer.control?.moved([...this.#channels.keys()]);
    }
  }

  /** @param {Set<string>} labels all that the newcomer has opened: those that it has not, it has closed before */
  transferred(labels) {
    for (const channel of this.#awaited) {
      if (!channel.wire && !labels.has(channel.label)) {
        channel.closed();
      }
    }
    this.#awaited.clear();
  }

  /** Closes all from here, so that what was sent arrives, and what has come is acknowledged. */
  async leave() {
    await closeAll([...this.#channels.values()]);
    this.close();
  }

  /** @param {import('./errors.js').PeerhostError} [error] why, if it is not that somebody left */
  close(error) {
    for (const channel of this.#channels.values()) {
      channel.closed(error);
    }
  }

  /** @param {Channel} channel */
  #create(channel) {
    const wire = this.#peer.connection.createDataChannel(channel.label, channel.options);
    this.#ours.add(wire);
    this.#attach(channel, wire, !this.#newcomer);
  }

  /** @param {Channel} channel one that may have been closed, or taken from the other side, meanwhile */
  #createLate(channel) {
    if (!channel.live || channel.wire) {
      return;
    }
    try {
      this.#create(channel);
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
      this.#peer.control?.say(`took:${wire.label}`);
    }
    if (known?.live && !known.wire) {
      this.#attach(known, wire, false);
      return;
    }
    // Still live here, but opened anew over there: its end is on the way.
    known?.wire?.close();
    known?.closed();
    const channel = new Channel(this.#peer, wire.label, optionsOf(wire));
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
