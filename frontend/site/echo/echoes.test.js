import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Echoes, randomBytes } from './echoes.js';

test('text and bytes that come back as they went are called equal, with the time that took', () => {
  const echoes = new Echoes();
  const data = randomBytes(262_144);
  assert.deepEqual({ ...echoes.sent('hällo'), refused: 0 }, { text: 'hällo', note: '6 bytes', refused: 0 });
  assert.equal(echoes.sent(data).text, '262144 bytes, random');
  assert.match(echoes.received('hällo').note, /^\d+\.\d ms, equal$/);
  assert.equal(echoes.received(data.buffer).text, '262144 bytes, equal');
  assert.ok(echoes.times().last >= 0 && echoes.times().median >= 0);
});

test('one byte that differs, another length and another kind are told apart', () => {
  for (const back of [new Uint8Array([1, 2, 4]).buffer, new Uint8Array([1, 2]).buffer, '\x01\x02\x03']) {
    const echoes = new Echoes();
    echoes.sent(new Uint8Array([1, 2, 3]));
    const { text, note } = echoes.received(back);
    assert.match(text + note, /NOT equal/);
  }
});

test('what nobody sent and what was refused do not count', () => {
  const echoes = new Echoes();
  assert.equal(echoes.received('ghost').note, 'nobody here sent this');
  echoes.sent('too large').refused();
  echoes.sent('fine');
  assert.match(echoes.received('fine').note, /, equal$/);
});

test('no more than 64 wait for their echo', () => {
  const echoes = new Echoes();
  for (let sent = 0; sent < 64; sent++) echoes.sent('x');
  assert.throws(() => echoes.sent('x'), { message: /64 messages are on their way/ });
  echoes.received('x');
  echoes.sent('x');
});
