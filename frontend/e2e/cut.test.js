import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Network } from './network.js';

const NIGHTLY = { skip: process.env.PEERHOST_NIGHTLY ? false : 'long: set PEERHOST_NIGHTLY=1' };

test('connections survive cuts of the network and a change of address', NIGHTLY, () => cuts('cuts'));

test('connections made by hand survive cuts of the network', NIGHTLY, () => cuts('by-hand'));

/** @param {string} name of the file */
const cuts = (name) => Network.run(fileURLToPath(new URL(`cuts/${name}.js`, import.meta.url)));
