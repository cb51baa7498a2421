/** @typedef {import('./channel.js').Channel} Channel */
/** @typedef {import('./errors.js').PeerhostError} PeerhostError */
/** @typedef {import('./peer.js').Peer} Peer */

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
   * @template {keyof Events & string} Type
   * @override
   * @param {Type} type
   * @param {((event: Events[Type]) => unknown) | EventListenerObject | null} listener
   * @param {EventListenerOptions | boolean} [options]
   */
  removeEventListener(type, listener, options) {
    super.removeEventListener(type, /** @type {EventListener | null} */ (listener), options);
  }
}

/** Something happened to or at a peer: `peerjoin`, `peerleave`, and `open` and `close` of a room's channel. */
export class PeerEvent extends Event {
  /**
   * @param {string} type
   * @param {Peer} peer
   */
  constructor(type, peer) {
    super(type);
    /** @readonly */
    this.peer = peer;
  }
}

/** `channel`: the other side opened a channel that was not asked for here. */
export class ChannelEvent extends Event {
  /** @param {Channel} channel */
  constructor(channel) {
    super('channel');
    /** @readonly */
    this.channel = channel;
  }
}

/**
 * `message`: `data` is a string, an ArrayBuffer or (by `binaryType`) a Blob; `peer` is who sent it.
 *
 * @extends {MessageEvent<any>}
 */
export class DataEvent extends MessageEvent {
  /**
   * @param {string | ArrayBuffer | Blob} data
   * @param {Peer} peer
   */
  constructor(data, peer) {
    super('message', { data });
    /** @readonly */
    this.peer = peer;
  }
}

/** `message` of an action: `data` is what JSON has or an ArrayBuffer, `metadata` came beside it, `peer` sent both. */
export class ActionEvent extends DataEvent {
  /**
   * @param {any} data
   * @param {any} metadata
   * @param {Peer} peer
   */
  constructor(data, metadata, peer) {
    super(data, peer);
    /** @readonly */
    this.metadata = metadata;
  }
}

/** `progress`: so many bytes have come of a message of so many. */
export class TransferEvent extends Event {
  /**
   * @param {number} loaded
   * @param {number} total
   */
  constructor(loaded, total) {
    super('progress');
    /** @readonly */
    this.loaded = loaded;
    /** @readonly */
    this.total = total;
  }
}

/** `error`: `error` says what went wrong; `peer` is whose connection it was, where there is one. */
export class FailureEvent extends Event {
  /**
   * @param {PeerhostError} error
   * @param {Peer} [peer]
   */
  constructor(error, peer) {
    super('error');
    /** @readonly */
    this.error = error;
    /** @readonly */
    this.peer = peer;
  }
}
