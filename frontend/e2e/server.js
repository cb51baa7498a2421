import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** The built jar. */
export const JAR = fileURLToPath(new URL('../../target/peerhost.jar', import.meta.url));
const START_WITHIN = 60_000;

/** @returns {Promise<number>} a port that nobody listens on */
export async function freePort() {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The Java that everything is run with. */
export const JAVA = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : 'java';

/**
 * Starts the built jar and waits for its first page.
 *
 * @param {string[]} [what] Java is to run
 * @param {string[]} [options] of the server
 * @param {number} [at] the port; one of its own where not given
 * @returns {Promise<{ url: string, port: number, pid: number, stop: () => Promise<void>, kill: () => Promise<void> }>} where it is,
 *   without a slash at the end, and how to end it: in order, or by SIGKILL
 * @throws {Error} with the server's output when it does not come up within a minute
 */
export async function startServer(what = ['-jar', JAR], options = [], at) {
  const port = at ?? (await freePort());
  const server = spawn(JAVA, [...what, `--server.port=${port}`, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  /** @type {Promise<void>} */
  const ready = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`The server did not come up:\n${output}`)), START_WITHIN);
    for (const stream of [server.stdout, server.stderr]) {
      stream.on('data', (text) => {
        output += text;
        if (output.includes(`http://localhost:${port}/`)) {
          clearTimeout(late);
          resolve();
        }
      });
    }
    server.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`The server ended with ${code}:\n${output}`));
    });
  });
  await ready;
  return {
    url: `http://localhost:${port}`,
    port,
    pid: Number(server.pid),
    async kill() {
      const exit = once(server, 'exit');
      server.kill('SIGKILL');
      await exit;
    },
    async stop() {
      const exit = once(server, 'exit');
      server.kill('SIGTERM');
      const [code, signal] = await exit;
      if (code !== 0 && code !== 143 && signal !== 'SIGTERM') {
        throw new Error(`The server ended with ${code ?? signal}:\n${output}`);
      }
    },
  };
}
