import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** The built jar. */
export const JAR = fileURLToPath(new URL('../../target/peerhost.jar', import.meta.url));
/** Milliseconds. */
const START_WITHIN = 60_000;
const STOP_WITHIN = 30_000;

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
 * @throws {Error} with the server's output when it does not come up within a minute; it has ended by then
 */
export async function startServer(what = ['-jar', JAR], options = [], at) {
  const port = at ?? (await freePort());
  const server = spawn(JAVA, [...what, `--server.port=${port}`, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(server, 'exit');
  let output = '';
  const ready = new Promise((resolve) => {
    for (const stream of [server.stdout, server.stderr]) {
      stream.on('data', (text) => {
        output += text;
        if (output.includes(`http://localhost:${port}/`)) {
          resolve(undefined);
        }
      });
    }
  });
  /** Ends it unless that is called off in time. @param {number} time milliseconds @returns {() => void} calls it off */
  const within = (time) => {
    const late = setTimeout(() => server.kill('SIGKILL'), time);
    return () => clearTimeout(late);
  };
  const failed = exit.then(([code, signal]) => {
    throw new Error(`The server ended with ${code ?? signal}:\n${output}`);
  });
  await Promise.race([ready, failed]).finally(within(START_WITHIN));
  /** @type {NodeJS.Signals} */
  let asked = 'SIGTERM';
  return {
    url: `http://localhost:${port}`,
    port,
    pid: Number(server.pid),
    async kill() {
      asked = 'SIGKILL';
      server.kill(asked);
      await exit;
    },
    async stop() {
      server.kill('SIGTERM');
      const [code, signal] = await exit.finally(within(STOP_WITHIN));
      if (code !== 0 && code !== 143 && signal !== asked) {
        throw new Error(`The server ended with ${code ?? signal}:\n${output}`);
      }
    },
  };
}
