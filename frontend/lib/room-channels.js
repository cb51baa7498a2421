import { Action } from './action.js';
import { RoomChannel } from './room-channel.js';

/** @typedef {import('./channel.js').Channel} Channel */
/** @typedef {import('./channels.js').ChannelOptions} ChannelOptions */
/** @typedef {import('./peer.js').Peer} Peer */

/** What `room.channel(label)` has given out and is not closed, by label. */
export class RoomChannels {
  /** @type {Map<string, RoomChannel>} */
  #channels = new Map();

  /**
   * @param {string} label
   * @param {ChannelOptions | undefined} options
   * @param {Iterable<Peer>} peers who is there already
   */
  open(label, options, peers) {
    let channel = this.#channels.get(label);
    if (!channel) {
      channel = new RoomChannel(label, options, () => this.#channels.delete(label));
      this.#channels.set(label, channel);
      for (const peer of peers) {
        channel.open(peer);
      }
    }
    return channel;
  }

  /**
   * @param {string} name
   * @param {(label: string) => RoomChannel} open gives the channel of the action's label
   */
  action(name, open) {
    const channel = open(`peerhost.action.${name}`);
    channel.action ??= new Action(name, channel);
    return channel.action;
  }

  /** @param {Peer} peer who came */
  joined(peer) {
    for (const channel of this.#channels.values()) {
      channel.open(peer);
    }
  }

  /**
   * @param {Channel} channel opened by the other side
   * @returns {boolean} whether its label was asked for here
   */
  adopt(channel) {
    const all = channel.peer.kind === 'browser' ? this.#channels.get(channel.label) : undefined;
    all?.add(channel);
    return all !== undefined;
  }

  close() {
    for (const channel of this.#channels.values()) {
      channel.close();
    }
  }
}
