import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Milliseconds. */
const START_WITHIN = 120_000;
const STOP_WITHIN = 20_000;
const POLL_EVERY = 10;

/** What /proc counts CPU time in (USER_HZ), which Linux shows as 100 to every program. */
const MS_PER_TICK = 10;

const LAST_OUTPUT = 10_000;

/**
 * @param {string} file relative to bench/
 * @returns {string} its absolute path
 */
export const path = (file) => fileURLToPath(new URL(`../${file}`, import.meta.url));

export const JAVA = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : 'java';
export const JAR = path('../target/peerhost.jar');

/** The folder that every web server serves; superstatic takes only one below the folder that it is started in. */
export const SITE = 'bench/site';
const ROOT = path('..');

/** What runs: it ends with this process, however that ends. */
const running = new Set();
process.on('exit', () => {
  for (const server of running) {
    server.kill('SIGKILL');
  }
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => process.exit(1));
}

/** The command of Peerhost on a port, for its built-in site or for a folder. */
export const peerhost = (port, ...folder) => [JAVA, '-jar', JAR, ...folder, `--server.port=${port}`];

/**
 * A server that runs as a process of its own.
 *
 * @typedef {object} Server
 * @property {number} pid
 * @property {string} url without a slash at the end
 * @property {number} wall milliseconds from the start to the first 200
 * @property {number} cpu milliseconds of user and system time, all threads and ended children, until then
 * @property {() => Promise<void>} stop ends it and waits until it is gone
 */

/**
 * Starts a server in the top folder, on a free port, and waits for its first 200.
 *
 * @param {(port: number) => string[]} command program and arguments
 * @param {string} [page] what to ask for
 * @returns {Promise<Server>}
 * @throws {Error} with the server's output, when it ends or does not answer in two minutes
 */
export async function start(command, page = '/') {
  const port = await freePort();
  const [program, ...args] = command(port);
  const began = performance.now();
  const server = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(server);
  server.once('exit', () => running.delete(server));
  let output = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', (text) => {
      output = (output + text).slice(-LAST_OUTPUT);
    });
  }
  const url = `http://127.0.0.1:${port}`;
  let failed = false;
  server.once('error', () => {
    failed = true;
  });
  while (!(await answers(url + page))) {
    if (failed || server.exitCode !== null || performance.now() - began > START_WITHIN) {
      server.kill('SIGKILL');
      throw new Error(`${program} ${args.join(' ')} did not serve ${page}:\n${output}`);
    }
    await sleep(POLL_EVERY);
  }
  return { pid: server.pid, url, wall: performance.now() - began, cpu: cpuTime(server.pid), stop: () => stop(server) };
}

/** @returns {Promise<number>} a port that nobody listens on */
async function freePort() {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * @returns {Promise<boolean>} whether a GET of the URL, on a connection of its own, gives 200; not where nobody listens
 * @throws {Error} for any other answer
 */
function answers(url) {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, timeout: START_WITHIN }, (response) => {
      response.resume();
      if (response.statusCode === 200) {
        resolve(true);
      } else {
        reject(new Error(`${url} answered ${response.statusCode}`));
      }
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

/** utime, stime, cutime and cstime of proc(5), in milliseconds. */
export function cpuTime(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in parentheses, may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * MS_PER_TICK;
}

/** Resident memory (VmRSS of proc(5)), in KiB. */
export function memory(pid) {
  return Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+)/m)[1]);
}

async function stop(server) {
  const exit = once(server, 'exit');
  server.kill('SIGTERM');
  const late = setTimeout(() => server.kill('SIGKILL'), STOP_WITHIN);
  await exit;
  clearTimeout(late);
}
