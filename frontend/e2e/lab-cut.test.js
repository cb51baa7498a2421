import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Network } from './network.js';

const CUTS = fileURLToPath(new URL('cuts/by-hand.js', import.meta.url));
const NIGHTLY = process.env.PEERHOST_NIGHTLY ? false : 'long: set PEERHOST_NIGHTLY=1';

test('connections made by hand survive cuts of the network', { skip: NIGHTLY }, async () => {
  const name = `peerhost-lab-${process.pid}`;
  const network = new Network(name);
  await network.open();
  try {
    const [ip, ...rest] = network.here(process.execPath, '--test', '--test-reporter=spec', CUTS);
    // Within a test node would skip the file, and call that a success.
    const env = { ...process.env, PEERHOST_NETWORK: name, NODE_TEST_CONTEXT: undefined };
    const cuts = spawn(ip, rest, { stdio: 'inherit', env });
    assert.deepEqual(await once(cuts, 'exit'), [0, null]);
  } finally {
    await network.close();
  }
});
