import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { JAR, JAVA, startServer } from '../server.js';

const SOURCE = fileURLToPath(
  new URL('../../../src/test/java/dev/peerhost/conformance/Inspector.java', import.meta.url),
);
const SITE = fileURLToPath(new URL('.', import.meta.url));

/** What the table has on one connection is more than visitors may have, and what is told of it more than by default. */
const OPTIONS = [
  '--management.server.port=0',
  '--logging.level.dev.peerhost.serverpeer.PeerLink=debug',
  '--peerhost.peer.limits.channels-per-connection=128',
  '--peerhost.peer.limits.label-length=65535',
  '--peerhost.peer.limits.protocol-length=65535',
];

/**
 * Starts the built jar with handlers that record, on the page of the table.
 *
 * @returns {ReturnType<typeof startServer>}
 */
export async function startInspector() {
  const folder = await mkdtemp(join(tmpdir(), 'peerhost-conformance-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    // As one file, with jars in it, the compiler cannot read it.
    await promisify(execFile)(JAVA, ['-Djarmode=tools', '-jar', JAR, 'extract', '--force', '--destination', folder]);
    const classPath = [join(folder, 'peerhost.jar'), join(folder, 'lib', '*')].join(delimiter);
    const server = await startServer(
      ['--enable-native-access=ALL-UNNAMED', '-cp', classPath, SOURCE],
      [SITE, ...OPTIONS],
    );
    return { ...server, stop: () => server.stop().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}
