import { Action } from './action.js';
import { RoomChannel } from './room-channel.js';

/**
 * What `room.channel(label)` has given out and is not closed, by label.
 *
 * @extends {Map<string, RoomChannel>}
 */
export class RoomChannels extends Map {
  /**
   * @param {string} label
   * @param {import('./channels.js').ChannelOptions | undefined} options
   * @param {Iterable<import('./peer.js').Peer>} peers who is there already
   */
  open(label, options, peers) {
    let channel = this.get(label);
    if (!channel) {
      channel = new RoomChannel(label, options, () => this.delete(label));
      this.set(label, channel);
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
}
