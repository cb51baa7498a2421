// Requests per second and the 99th percentile of their times for a small page and a script, by wrk.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { goal, median, print } from './lib/figures.mjs';
import { cpuTime, path, start } from './lib/servers.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 3);
const DURATION = Number(process.env.DURATION ?? 3);
/** Seconds of requests that do not count: a JVM compiles what is asked for often. */
const WARM_UP = Number(process.env.WARM_UP ?? 5);
const WANTED = process.env.SERVERS?.split(',');

const FILES = ['/', '/app.js'];
const WRK = ['-t1', '-c32', '--latency'];

// superstatic takes only a folder below the one that it is started in.
const SITE = 'bench/build/static';
const CONFIGURATION = path('build/nginx.conf');

/** @type {Record<string, (port: number) => string[]>} */
const SERVERS = {
  nginx: (port) => ['nginx', '-c', nginx(port)],
  'http-server': (port) => [bin('http-server'), SITE, '-a', '127.0.0.1', '-p', `${port}`, '-s', '-c3600'],
  serve: (port) => [bin('serve'), SITE, '-l', `tcp://127.0.0.1:${port}`, '-L', '--no-port-switching'],
  superstatic: (port) => [bin('superstatic'), 'serve', SITE, '--hostname=127.0.0.1', `--port=${port}`],
  Peerhost: (port) => [path('../bin/serve'), SITE, `--server.port=${port}`],
};

/** The program of an npm package, without a process of its own in between. */
function bin(name) {
  return path(`node_modules/.bin/${name}`);
}

/** One worker with sendfile and no log; where its file is. */
function nginx(port) {
  const folder = path('build');
  writeFileSync(
    CONFIGURATION,
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log;
events { worker_connections 1024; }
http {
  types { text/html html; text/javascript js; }
  access_log off; sendfile on; keepalive_requests 1000000;
  client_body_temp_path ${folder}/nginx-body; proxy_temp_path ${folder}/nginx-proxy;
  fastcgi_temp_path ${folder}/nginx-fastcgi; uwsgi_temp_path ${folder}/nginx-uwsgi; scgi_temp_path ${folder}/nginx-scgi;
  server { listen 127.0.0.1:${port}; root ${path('build/static')}; }
}
`,
  );
  return CONFIGURATION;
}

/** A page of 2 KiB and a script of 100 KiB. */
function writeSite() {
  mkdirSync(path('build/static'), { recursive: true });
  writeFileSync(path('build/static/index.html'), randomBytes(1536).toString('base64'));
  writeFileSync(
    path('build/static/app.js'),
    'export const x = 1; // some text that compresses a little\n'.repeat(1800).slice(0, 102_400),
  );
}

/**
 * Asks for a file as often as possible, 32 connections at once.
 *
 * @returns {{ rate: number, p99: number }} answers per second, and milliseconds
 * @throws {Error} for any answer but 200
 */
function load(url, seconds) {
  const text = execFileSync('wrk', [...WRK, `-d${seconds}`, url], { encoding: 'utf8' });
  if (/Non-2xx|Socket errors/.test(text)) {
    throw new Error(`${url} did not always answer 200:\n${text}`);
  }
  const [, p99, unit] = text.match(/99%\s+([\d.]+)(us|ms|s)/);
  const rate = Number(text.match(/Requests\/sec:\s+([\d.]+)/)[1]);
  return { rate, p99: Number(p99) * { us: 0.001, ms: 1, s: 1000 }[unit] };
}

writeSite();
const servers = [];
for (const [name, command] of Object.entries(SERVERS)) {
  if (!WANTED || WANTED.includes(name)) {
    servers.push({ name, results: FILES.map(() => []), ...(await start(command)) });
  }
}
for (const server of servers) {
  for (const file of FILES) {
    load(server.url + file, server.name === 'Peerhost' ? WARM_UP : 1);
  }
}
for (let round = 0; round < ROUNDS; round++) {
  for (const { url, pid, results } of servers) {
    FILES.forEach((file, index) => {
      const before = cpuTime(pid);
      const { rate, p99 } = load(url + file, DURATION);
      results[index].push({ rate, p99, cpu: ((cpuTime(pid) - before) * 1000) / (rate * DURATION) });
    });
  }
}
const of = (results, figure) => median(results.map((result) => result[figure]));
const reference = servers.find(({ name }) => name === 'superstatic') ?? servers[0];
const rows = servers.map(({ name, results }) => [
  name,
  ...results.flatMap((figures, index) => [
    Math.round(of(figures, 'rate')),
    of(figures, 'p99').toFixed(1),
    Math.round(of(figures, 'cpu')),
    (of(figures, 'rate') / of(reference.results[index], 'rate')).toFixed(1),
  ]),
]);
print(
  `Static files, wrk -t1 -c32, medians of ${ROUNDS} times ${DURATION} s`,
  ['server', ...FILES.flatMap((file) => [`${file} req/s`, 'p99 ms', 'CPU µs/req', `of ${reference.name}`])],
  rows,
);
const rate = (name, index) => of(servers.find((server) => server.name === name).results[index], 'rate');
if (!WANTED) {
  FILES.forEach((file, index) => {
    goal(`${file} at five times superstatic's rate`, rate('Peerhost', index) >= 5 * rate('superstatic', index));
    goal(`${file} above http-server's`, rate('Peerhost', index) > rate('http-server', index));
    goal(`${file} at half of nginx's`, rate('Peerhost', index) >= rate('nginx', index) / 2);
  });
}
await Promise.all(servers.map((server) => server.stop()));
