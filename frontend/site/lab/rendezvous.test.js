import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { hmac, newRendezvous, readRendezvous, Seal } from './rendezvous.js';

const MESSAGE = { type: 'offer', sdp: 'v=0\r\n' };

test('HMAC-SHA256 is what node has of it, for messages around the size of a block and beyond', () => {
  for (const size of [0, 1, 55, 63, 64, 65, 1000, 40_000]) {
    const [key, message] = [randomBytes(32), randomBytes(size)];
    assert.equal(
      Buffer.from(hmac(key, message)).toString('hex'),
      createHmac('sha256', key).update(message).digest('hex'),
    );
  }
});

test('a rendezvous is another one each time, and can be read again', () => {
  const [one, other] = [newRendezvous(), newRendezvous()];
  assert.notEqual(one.id, other.id);
  assert.notEqual(one.secret, other.secret);
  assert.deepEqual(readRendezvous(JSON.parse(JSON.stringify(one)), 'there'), one);
});

test('both ends meet in the same room, which the id alone does not tell', () => {
  const { id, secret } = newRendezvous();
  const room = new Seal(secret, 'a').room(id);
  assert.match(room, /^lab-[0-9a-f]{32}$/);
  assert.equal(new Seal(secret, 'b').room(id), room);
  assert.notEqual(new Seal(newRendezvous().secret, 'b').room(id), room);
  assert.ok(!room.includes(id));
});

test('what one end says the other takes, once and in order', () => {
  const { secret } = newRendezvous();
  const [a, b] = [new Seal(secret, 'a'), new Seal(secret, 'b')];
  const [first, second] = [a.close(MESSAGE), a.close({ type: 'candidate', candidate: null })];
  assert.deepEqual(b.open(first), MESSAGE);
  assert.deepEqual(b.open(second), { type: 'candidate', candidate: null });
  assert.equal(b.open(second), undefined);
  assert.equal(b.open(first), undefined);
  assert.deepEqual(a.open(b.close(MESSAGE)), MESSAGE);
});

test('nobody without the secret gets a word in', () => {
  const { secret } = newRendezvous();
  const [a, b] = [new Seal(secret, 'a'), new Seal(secret, 'b')];
  const said = a.close(MESSAGE);
  const forged = new Seal(newRendezvous().secret, 'a').close(MESSAGE);
  for (const text of [forged, said.replace('v=0', 'v=1'), said.slice(1), said.slice(65), '', 'x'.repeat(100), '{}']) {
    assert.equal(b.open(text), undefined, text);
  }
  // Nor is an end answered by its own voice.
  assert.equal(a.open(said), undefined);
  assert.deepEqual(b.open(said), MESSAGE);
});
