/** A data channel for short texts; those said before it opens wait for that. */
export class Line {
  #channel;

  /**
   * @param {RTCDataChannel} channel
   * @param {(text: string) => void} heard
   */
  constructor(channel, heard) {
    this.#channel = channel;
    channel.addEventListener('message', ({ data }) => typeof data === 'string' && heard(data));
  }

  /** @param {string} text lost once the channel is closing */
  say(text) {
    const channel = this.#channel;
    if (channel.readyState === 'connecting') {
      channel.addEventListener('open', () => channel.send(text), { once: true });
    } else if (channel.readyState === 'open') {
      channel.send(text);
    }
  }
}
