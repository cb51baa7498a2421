// What programs may use of the library: all that is not declared here may change at any time.

/** What can be sent. A typed array is sent as the bytes that it shows. */
export type Data = string | ArrayBuffer | ArrayBufferView | Blob;

/** The server's refusals first, as docs/protocol.md has them, then the library's own. */
export type PeerhostErrorCode =
  | 'UNKNOWN_DESTINATION'
  | 'BAD_BODY'
  | 'TOO_LARGE'
  | 'BAD_ROOM'
  | 'NOT_IN_ROOM'
  | 'ALREADY_IN_ROOM'
  | 'UNKNOWN_PEER'
  | 'ROOM_FULL'
  | 'TOO_MANY_ROOMS'
  | 'SERVER_PEER_UNAVAILABLE'
  | 'BAD_URL'
  | 'BAD_RTC_CONFIG'
  | 'CONFIG_UNAVAILABLE'
  | 'MODULE_UNAVAILABLE'
  | 'SIGNALING_UNREACHABLE'
  | 'SIGNALING_ERROR'
  | 'TIMEOUT'
  | 'ABORTED'
  | 'ROOM_CLOSED'
  | 'PEER_CLOSED'
  | 'CONNECTION_FAILED'
  | 'TOO_MANY_SIGNALS'
  | 'BAD_DESCRIPTION'
  | 'BAD_CANDIDATE'
  | 'CHANNEL_CLOSED'
  | 'CHANNEL_ERROR'
  | 'BAD_DATA'
  | 'QUEUE_FULL'
  | 'UNTAKEN_FULL'
  | 'PROTOCOL_ERROR'
  | 'UNDELIVERED'
  | 'SEND_FAILED'
  | 'NO_RESPONDER'
  | 'REQUEST_FAILED'
  | 'SAFETY_FAILED';

/** Every refusal and every failure: `code` for programs, `message` for people, `cause` where known. */
export class PeerhostError extends Error {
  constructor(code: PeerhostErrorCode, message: string, options?: { cause?: unknown });
  readonly code: PeerhostErrorCode;
}

export interface JoinOptions {
  /** What the others see us as, 1 to 64 characters. */
  name?: string;
  /** The signaling's address, where it is not on the server that the library came from. */
  url?: string | URL;
  /** In place of the server's STUN and TURN servers. */
  rtcConfig?: RTCConfiguration;
  /**
   * When an interrupted connection is repaired: 3 s after it was `disconnected` (so where not given), only when it has
   * `failed`, or with `false` never.
   */
  iceRestart?: 'failed' | 'disconnected' | false;
  /** Milliseconds that the repair may take before the peer is closed, 60,000 where not given. */
  recoveryTimeout?: number;
  /** Milliseconds, 10,000 where not given. */
  timeout?: number;
  /** Gives up joining; once joined, `leave()` is the way out. */
  signal?: AbortSignal;
}

/**
 * Joins a room and connects to every browser that is in it.
 *
 * @param roomId 1 to 64 of `A–Z a–z 0–9 _ -`
 * @throws {PeerhostError} BAD_ROOM, BAD_BODY (the name), ROOM_FULL and the server's other refusals; BAD_URL;
 *   SIGNALING_UNREACHABLE, SIGNALING_ERROR; CONFIG_UNAVAILABLE; BAD_RTC_CONFIG; TIMEOUT; ABORTED
 */
export function joinRoom(roomId: string, options?: JoinOptions): Promise<Room>;

/** Something happened to or at a peer. */
export interface PeerEvent extends Event {
  readonly peer: Peer;
}

/** The other side opened a channel that was not asked for here. */
export interface ChannelEvent extends Event {
  readonly channel: Channel;
}

/** `data` is a string, an ArrayBuffer or, by `binaryType`, a Blob; `peer` sent it. */
export interface DataEvent extends MessageEvent<any> {
  readonly peer: Peer;
}

/** `data` is what JSON has, or an ArrayBuffer for what was binary. */
export interface ActionEvent<Sent> extends DataEvent {
  readonly data: Sent;
  readonly metadata: any;
}

/** What went wrong, and at whose connection where it was one's. */
export interface FailureEvent extends Event {
  readonly error: PeerhostError;
  readonly peer?: Peer;
}

/** An EventTarget that knows the types of its events. */
export interface TypedEventTarget<Events extends Record<string, Event>> extends EventTarget {
  addEventListener<Type extends keyof Events & string>(
    type: Type,
    listener: ((event: Events[Type]) => unknown) | EventListenerObject | null,
    options?: AddEventListenerOptions | boolean,
  ): void;
  removeEventListener<Type extends keyof Events & string>(
    type: Type,
    listener: ((event: Events[Type]) => unknown) | EventListenerObject | null,
    options?: EventListenerOptions | boolean,
  ): void;
}

export type RoomState = 'connecting' | 'connected' | 'reconnecting' | 'closed';

/** A room that we are in; it comes from `joinRoom`. */
export interface Room
  extends TypedEventTarget<{ peerjoin: PeerEvent; peerleave: PeerEvent; statechange: Event; error: FailureEvent }> {
  readonly id: string;
  /** Our id in the room. */
  readonly self: string;
  /** Of the way to the server: while it is `reconnecting`, connections to peers live on. */
  readonly state: RoomState;
  /** The browsers in the room but us, by id. */
  readonly peers: ReadonlyMap<string, Peer>;
  /** The server's own peer, where it has one. */
  readonly server: Peer | undefined;
  /**
   * The channel of this label to every browser in the room, present and future; the same one until its `close()`.
   *
   * @throws {PeerhostError} ROOM_CLOSED
   */
  channel(label: string, options?: ChannelOptions): RoomChannel;
  /**
   * Messages and requests of this name between the browsers of the room; the same one until its `close()`.
   *
   * @throws {PeerhostError} ROOM_CLOSED
   */
  action<Sent = any, Answer = any>(name: string): Action<Sent, Answer>;
  /** Leaves and closes every connection; happens by itself when the page goes away. */
  leave(): void;
}

export type PeerState = 'new' | 'connecting' | 'connected' | 'reconnecting' | 'closed';

/** Somebody else in the room: a browser, which is connected to at once, or the server, once a channel is asked for. */
export interface Peer extends TypedEventTarget<{ statechange: Event; channel: ChannelEvent; error: FailureEvent }> {
  readonly id: string;
  /** The display name, empty where none was given. It is anybody's text: never HTML. */
  readonly name: string;
  readonly kind: 'browser' | 'server';
  /** Another one after a move or a new start: ask again. */
  readonly connection: RTCPeerConnection;
  /** `reconnecting` was there and is being repaired; `closed` is for good. */
  readonly state: PeerState;
  /** Looks for a better path to the peer, or for one again, at most once a second; connection and channels stay. */
  restartIce(): void;
  /**
   * The channel of this label: the one there is, whichever side opened it, or a new one.
   *
   * @throws {PeerhostError} PEER_CLOSED
   * @throws {TypeError} for a label or options that `createDataChannel` refuses
   */
  channel(label: string, options?: ChannelOptions): Channel;
  /**
   * Milliseconds to the peer and back, over the connection.
   *
   * @throws {PeerhostError} TIMEOUT after 5 s; QUEUE_FULL when 64 wait; PEER_CLOSED
   */
  ping(): Promise<number>;
  /**
   * Five words that the other side has alike if nobody put certificates of their own between; others for each
   * RTCPeerConnection.
   *
   * @throws {PeerhostError} SAFETY_FAILED when the other side cheats or the connection closes; TIMEOUT after 10 s; PEER_CLOSED;
   *   MODULE_UNAVAILABLE when the part for it cannot be loaded
   */
  safetyCode(): Promise<string>;
}

/** Those of RTCDataChannelInit that suit a labelled channel; heeded where this side opens it. */
export interface ChannelOptions {
  ordered?: boolean;
  maxRetransmits?: number;
  /** Milliseconds. */
  maxPacketLifeTime?: number;
  protocol?: string;
}

/** Heeded on reliable ordered channels. */
export interface SendOptions {
  /** Gives the message up as long as not all of it has left; then the other side gets nothing of it. */
  signal?: AbortSignal;
  /** Told of the bytes that the browser has taken. */
  progress?: (loaded: number, total: number) => unknown;
}

/** `progress`: so many bytes have come of a message of so many. */
export interface TransferEvent extends Event {
  readonly loaded: number;
  readonly total: number;
}

/** A data channel to one peer, the only one of its label; it comes from `peer.channel` or a `channel` event. */
export interface Channel
  extends TypedEventTarget<{
    open: Event;
    message: DataEvent;
    progress: TransferEvent;
    close: Event;
    error: FailureEvent;
  }> {
  readonly peer: Peer;
  readonly label: string;
  /** What the application named when it opened the channel; empty for nothing. */
  readonly protocol: string;
  readonly readyState: RTCDataChannelState;
  /** Bytes that were given to `send()` and have not left this browser. */
  readonly bufferedAmount: number;
  /** How `message` events carry binary messages. */
  binaryType: 'arraybuffer' | 'blob';
  /**
   * Sends one message. It waits for `open`, and while too much is buffered or not acknowledged.
   *
   * @throws {PeerhostError} CHANNEL_CLOSED, TOO_LARGE, QUEUE_FULL, ABORTED, BAD_DATA, SEND_FAILED
   */
  send(data: Data, options?: SendOptions): Promise<void>;
  /** Closes both ends; what the browser has taken is still sent. */
  close(): void;
}

/** One label to every browser in the room, present and future; its events say whose. */
export interface RoomChannel
  extends TypedEventTarget<{ message: DataEvent; open: PeerEvent; close: PeerEvent; error: FailureEvent }> {
  readonly label: string;
  /** The channels by peer id, also those that are not open yet. */
  readonly channels: ReadonlyMap<string, Channel>;
  /** `open` when at least one browser can be sent to at once. */
  readonly readyState: 'connecting' | 'open' | 'closed';
  binaryType: 'arraybuffer' | 'blob';
  /**
   * Sends to every browser that is in the room now, and is fulfilled when each has taken it or is gone.
   *
   * @throws {PeerhostError} CHANNEL_CLOSED after `close()`; else the first refusal that is not a peer's leaving
   */
  send(data: Data, options?: SendOptions): Promise<void>;
  /** Closes the channel to every browser, and opens none to those who come. */
  close(): void;
}

/**
 * Messages of one name between the browsers of a room, to one, some or all, and requests with an answer. What is sent is
 * what JSON has, or binary: that arrives as an ArrayBuffer.
 */
export interface Action<Sent, Answer> extends TypedEventTarget<{ message: ActionEvent<Sent>; error: FailureEvent }> {
  readonly name: string;
  /**
   * Sends one message, to all where `to` is not given.
   *
   * @throws {PeerhostError} as a channel's `send()`
   */
  send(data: Sent, options?: SendOptions & { to?: Peer | Iterable<Peer>; metadata?: unknown }): Promise<void>;
  /**
   * Asks one peer, and waits for the answer, for 10,000 ms where `timeout` is not given.
   *
   * @throws {PeerhostError} NO_RESPONDER; REQUEST_FAILED with the responder's message; TIMEOUT; ABORTED; PEER_CLOSED;
   *   QUEUE_FULL when 1,024 requests wait; as a channel's `send()`
   */
  request(peer: Peer, data: Sent, options?: SendOptions & { metadata?: unknown; timeout?: number }): Promise<Answer>;
  /** Answers the requests of others from now on; `null`: nobody does. What it throws is told to who asked. */
  respond(responder: ((data: Sent, info: { peer: Peer; metadata: any }) => Answer | Promise<Answer>) | null): void;
  /** Closes it to everybody; requests that wait are refused. */
  close(): void;
}
