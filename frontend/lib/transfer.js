import { optionsOf } from './data-channel.js';

/** @typedef {import('./channel.js').Channel} Channel */
/** @typedef {import('./channels.js').ChannelOptions} ChannelOptions */
/** @typedef {{ channel: Channel, wire: RTCDataChannel | undefined }} Open */

/**
 * How channels go over to a new connection when the one before is broken. The newcomer opens what there was, and then
 * says so; the other side opens only what the newcomer may not have seen yet.
 */
export class Transfer {
  #newcomer;
  /** @type {Set<Channel>} those that the other side is to open */
  #waiting = new Set();

  /** @param {boolean} newcomer whether we came after the peer */
  constructor(newcomer) {
    this.#newcomer = newcomer;
  }

  /**
   * Takes the channels off the connection that is broken.
   *
   * @param {Open[]} channels with the RTCDataChannel that each has, or has had
   * @returns {{ channel: Channel, options: ChannelOptions }[]} those to open on the new connection
   */
  begin(channels) {
    return channels.flatMap(({ channel, wire }) => {
      if (!channel.live) {
        channel.closed();
        return [];
      }
      const unseen = wire?.readyState === 'connecting' || channel.outbox.contested;
      channel.attach(undefined, false);
      if (this.#newcomer || unseen) {
        return [{ channel, options: optionsOf(wire) }];
      }
      this.#waiting.add(channel);
      return [];
    });
  }

  /** @param {Set<string>} labels all that the newcomer has opened: those that it has not, it has closed before */
  end(labels) {
    for (const channel of this.#waiting) {
      if (!channel.wire && !labels.has(channel.label)) {
        channel.closed();
      }
    }
    this.#waiting.clear();
  }
}
