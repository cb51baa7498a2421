import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { DOCUMENT, document } from './document.js';
import { rows } from './rows.js';

test('docs/conformance.md has the rows that run', async () => {
  const remedy = 'write it anew: node frontend/e2e/conformance/document.js';
  assert.equal(await readFile(DOCUMENT, 'utf8'), document(), remedy);
});

test('every row has a name of its own, by which it is run', () => {
  assert.ok(rows.length >= 40);
  assert.equal(new Set(rows.map(({ step }) => step)).size, rows.length);
});
