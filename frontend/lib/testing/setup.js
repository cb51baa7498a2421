// What a browser has and node has not. Loaded before the tests: node --import ./lib/testing/setup.js --test …
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

Object.assign(globalThis, { WebSocket: BrowserWebSocket, RTCPeerConnection: FakePeerConnection });
