import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfiguration, seedConfiguration } from './configuration.js';

test('a configuration is passed on as it stands', () => {
  const text =
    '{"iceServers":[{"urls":["turn:192.0.2.7","stun:host:3478"],"username":"u"}],"iceTransportPolicy":"relay"}';
  assert.deepEqual(parseConfiguration(text), JSON.parse(text));
  assert.deepEqual(parseConfiguration('{}'), {});
  assert.deepEqual(parseConfiguration(JSON.stringify(seedConfiguration())), seedConfiguration());
});

for (const [text, sentence] of /** @type {[string, RegExp][]} */ ([
  ['{"iceServers":', /not JSON/],
  ['[]', /one object in braces/],
  ['null', /one object in braces/],
  ['{"iceServers":"stun:host"}', /a list in brackets/],
  ['{"iceServers":[{"urls":"stun:host"},{}]}', /Entry 2 of "iceServers" has no "urls"/],
  ['{"iceServers":[null]}', /Entry 1 of "iceServers" has no "urls"/],
  ['{"iceServers":[{"urls":"http://host"}]}', /"http:\/\/host" in "iceServers" is no address/],
  ['{"iceServers":[{"urls":["stun:host",7]}]}', /"7" in "iceServers" is no address/],
])) {
  test(`refused with a sentence: ${text}`, () => {
    assert.throws(() => parseConfiguration(text), { message: sentence });
  });
}
