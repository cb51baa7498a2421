// What a browser has and node has not. Loaded before the tests: node --import ./lib/testing/setup.js --test …
import { register } from 'node:module';
import { WebSocket } from 'ws';
import { FakePeerConnection } from './fake-rtc.js';

/** In a browser a socket that fails throws nothing, and has no terminate(), for which stompjs looks. */
class BrowserWebSocket extends WebSocket {
  /** @param {ConstructorParameters<typeof WebSocket>} parameters */
  constructor(...parameters) {
    super(...parameters);
    this.on('error', () => {});
  }
}
Object.defineProperty(BrowserWebSocket.prototype, 'terminate', { value: undefined, writable: true });

// The pages import the library from where the server has it.
const LIBRARY = new URL('../', import.meta.url).href;
register(
  `data:text/javascript,export const resolve = (name, context, next) =>
    next(name.replace(/^\\/__\\/peerhost\\//, '${LIBRARY}'), context);`,
);

Object.assign(globalThis, { WebSocket: BrowserWebSocket, RTCPeerConnection: FakePeerConnection });
