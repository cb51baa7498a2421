/** @typedef {import('./channel.js').Channel} Channel */
/** @typedef {import('./errors.js').PeerhostError} PeerhostError */
/** @typedef {import('./peer.js').Peer} Peer */

/** @typedef {Event & { peer: Peer }} PeerEvent something happened to or at a peer */
/** @typedef {Event & { channel: Channel }} ChannelEvent the other side opened a channel that was not asked for here */
/** @typedef {MessageEvent<any> & { peer: Peer }} DataEvent `data` is a string, an ArrayBuffer or (by `binaryType`) a Blob */
/** @typedef {DataEvent & { metadata: any }} ActionEvent `data` is what JSON has or an ArrayBuffer */
/** @typedef {Event & { loaded: number, total: number }} TransferEvent so many bytes have come of a message of so many */
/** @typedef {Event & { error: PeerhostError, peer?: Peer }} FailureEvent whose connection it was, where it was one's */

/**
 * An EventTarget that knows the types of its events.
 *
 * @template {Record<string, Event>} Events
 */
export class TypedEventTarget extends EventTarget {
  /**
   * @template {keyof Events & string} Type
   * @override
   * @param {Type} type
   * @param {((event: Events[Type]) => unknown) | EventListenerObject | null} listener
   * @param {AddEventListenerOptions | boolean} [options]
   */
  addEventListener(type, listener, options) {
    super.addEventListener(type, /** @type {EventListener | null} */ (listener), options);
  }

  /**
   * Tells the listeners.
   *
   * @internal
   * @template {keyof Events & string} Type
   * @param {Type} type
   * @param {{ data?: unknown } & Partial<Omit<Events[Type], keyof MessageEvent>>} [fields] what the event has more than others
   */
  fire(type, { data, ...fields } = {}) {
    const event = type === 'message' ? new MessageEvent(type, { data }) : new Event(type);
    this.dispatchEvent(Object.assign(event, fields));
  }
}
