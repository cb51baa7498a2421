import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { afterEach, test } from 'node:test';
import { serverRtcConfig, signalingUrl } from './config.js';

/** @param {string} href the page's address */
function at(href) {
  Object.defineProperty(globalThis, 'location', { value: new URL(href), configurable: true });
}

afterEach(() => Reflect.deleteProperty(globalThis, 'location'));

test("the signaling's address follows the page's", () => {
  at('http://192.168.1.5:8080/chat/?room=x');
  assert.equal(signalingUrl(), 'ws://192.168.1.5:8080/__/peerhost/signaling');
  at('https://example.org/');
  assert.equal(signalingUrl(), 'wss://example.org/__/peerhost/signaling');
});

test('an own address may be relative, http or ws', () => {
  at('https://example.org/app/');
  assert.equal(signalingUrl('/s'), 'wss://example.org/s');
  assert.equal(signalingUrl('http://localhost:1/s'), 'ws://localhost:1/s');
  assert.equal(signalingUrl(new URL('wss://localhost/s')), 'wss://localhost/s');
});

test('what is no address is refused', () => {
  for (const url of ['s', 'file:///s', 'ws://']) {
    assert.throws(() => signalingUrl(url), { code: 'BAD_URL' }, url);
  }
});

test("the server's ICE servers are fetched once, and again after a failure", async () => {
  const iceServers = [{ urls: 'stun:127.0.0.1:3478' }];
  /** @type {(string | undefined)[]} */
  const requests = [];
  const server = createServer(({ url }, response) => {
    requests.push(url);
    response.statusCode = requests.length === 1 ? 503 : 200;
    response.end(JSON.stringify({ iceServers, serverPeer: null }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  at(`http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`);
  await assert.rejects(serverRtcConfig(), { code: 'CONFIG_UNAVAILABLE' });
  assert.deepEqual(await Promise.all([serverRtcConfig(), serverRtcConfig()]), [{ iceServers }, { iceServers }]);
  assert.deepEqual(requests, ['/__/peerhost/config.json', '/__/peerhost/config.json']);
  server.close();
  server.closeAllConnections();
});
