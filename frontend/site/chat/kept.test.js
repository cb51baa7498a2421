import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kept } from './kept.js';

const MIB = 1_048_576;

test('the oldest files make room by their bytes, and are said to be gone', () => {
  /** @type {string[]} */
  const released = [];
  /** @type {string[]} */
  const gone = [];
  const kept = new Kept((href) => released.push(href));
  const add = (/** @type {string} */ href, /** @type {number} */ bytes) => kept.add(href, bytes, () => gone.push(href));
  for (const href of ['a', 'b']) add(href, 64 * MIB);
  assert.deepEqual(released, []);
  add('c', 1);
  assert.deepEqual(released, ['a']);
  for (let i = 0; i < 1000; i++) add(`small ${i}`, 60_000);
  assert.deepEqual(released, ['a']);
  add('d', 64 * MIB);
  assert.deepEqual(released, ['a', 'b']);
  add('larger than all', 200 * MIB);
  assert.equal(released.length, 1004);
  assert.deepEqual(gone, released);
});

test('empty files are not kept without end', () => {
  let released = 0;
  const kept = new Kept(() => released++);
  for (let i = 0; i < 131_073; i++) kept.add('', 0, () => {});
  assert.equal(released, 1);
});
