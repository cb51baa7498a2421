import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Connections } from './connections.js';
import { FakePeerConnection } from './testing/fake-rtc.js';

test('the first connection is there before anybody asks, and is given out once', () => {
  const before = FakePeerConnection.open;
  const connections = new Connections({});
  assert.equal(FakePeerConnection.open, before + 1);
  const [first, second] = [connections.create(), connections.create()];
  assert.equal(FakePeerConnection.open, before + 2);
  connections.close();
  assert.deepEqual([first.signalingState, second.signalingState], ['stable', 'stable']);
  first.close();
  second.close();
});

test('it gathers beforehand where servers are to be asked, and as the application says', (context) => {
  /** @type {unknown[]} */
  const sizes = [];
  const { RTCPeerConnection } = globalThis;
  context.after(() => Object.assign(globalThis, { RTCPeerConnection }));
  const Spy = class extends FakePeerConnection {
    /** @param {RTCConfiguration} config */
    constructor(config) {
      super({});
      sizes.push(config.iceCandidatePoolSize);
    }
  };
  Object.assign(globalThis, { RTCPeerConnection: Spy });
  const iceServers = [{ urls: 'stun:stun.example.com' }];
  for (const config of [{}, { iceServers: [] }, { iceServers }, { iceServers, iceCandidatePoolSize: 4 }]) {
    new Connections(config).close();
  }
  assert.deepEqual(sizes, [0, 0, 1, 4]);
});

test('one that nobody asked for does not keep its ports', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const before = FakePeerConnection.open;
  const connections = new Connections({});
  context.mock.timers.tick(5_000);
  assert.equal(FakePeerConnection.open, before);
  connections.create().close();
  new Connections({}).close();
  assert.equal(FakePeerConnection.open, before);
});

test('what the browser refuses is said', () => {
  assert.throws(() => new Connections({ iceServers: [{ urls: 'nonsense' }] }), { code: 'BAD_RTC_CONFIG' });
});
