import { Client, Versions } from './stomp.js';

/** It need not wait for CONNECTED, as the server reads frames in order; the client would. */
const SUBSCRIBE = 'SUBSCRIBE\nid:0\ndestination:/user/queue/room\n\n\0';

/**
 * @typedef {object} SessionOptions
 * @property {Record<string, string>} headers of CONNECT, beside those of the protocol
 * @property {(body: string) => void} received a message
 * @property {(sentence: string) => void} refused the server's ERROR; the end follows
 * @property {() => void} ended the socket closed, or never opened
 */

/**
 * Begins a session (https://stomp.github.io/stomp-specification-1.2.html) with our one subscription.
 *
 * @param {string} url
 * @param {SessionOptions} options
 * @returns {{ client: Client, socket: WebSocket }} the client knows its socket only a moment later
 * @throws {DOMException} what WebSocket has against the url
 */
export function openSession(url, { headers, received, refused, ended }) {
  const socket = new WebSocket(url, 'v12.stomp');
  const client = new Client({
    webSocketFactory: () => {
      // The client listens by then, so that its CONNECT goes first.
      queueMicrotask(() => socket.addEventListener('open', () => socket.send(SUBSCRIBE)));
      return socket;
    },
    stompVersions: new Versions([Versions.V1_2]),
    connectHeaders: headers,
    reconnectDelay: 0,
    // A dead network would keep a WebSocket in its closing handshake for minutes.
    discardWebsocketOnCommFailure: true,
    onUnhandledMessage: ({ body }) => received(body),
    onStompError: (error) => refused(error.headers.message ?? 'The server sent an ERROR'),
    onWebSocketClose: ended,
    // Our own timer may be held back to once a minute, in a page that is not seen; what comes is not.
    onHeartbeatReceived: () => socket.send('\n'),
  });
  client.activate();
  return { client, socket };
}
