// From the start of the process to the first 200 on /, wall clock and CPU time: medians of ROUNDS starts, in turn.
import { median, print } from './lib/figures.mjs';
import { path, peerhost, SITE, start } from './lib/servers.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 5);

const superstatic = (port) => [
  process.execPath,
  path('node_modules/superstatic/lib/bin/server.js'),
  'serve',
  SITE,
  '--hostname=127.0.0.1',
  `--port=${port}`,
];

/** @type {Record<string, (port: number) => string[]>} */
const CONTENDERS = {
  'superstatic 11, `bench/site`': superstatic,
  '`java -jar target/peerhost.jar bench/site`': (port) => peerhost(port, SITE),
  '`java -jar target/peerhost.jar`, built-in site': (port) => peerhost(port),
  '`bin/serve` when built, built-in site': (port) => [path('../bin/serve'), `--server.port=${port}`],
};

const walls = Object.fromEntries(Object.keys(CONTENDERS).map((name) => [name, []]));
const cpus = structuredClone(walls);

for (let round = 0; round < ROUNDS; round++) {
  for (const [name, command] of Object.entries(CONTENDERS)) {
    const server = await start(command);
    walls[name].push(server.wall);
    cpus[name].push(server.cpu);
    await server.stop();
  }
}

const seconds = (ms) => (ms / 1000).toFixed(2);
const [reference] = Object.values(cpus).map(median);
const rows = Object.keys(CONTENDERS).map((name) => {
  const cpu = median(cpus[name]);
  return [name, seconds(median(walls[name])), seconds(cpu), (cpu / reference).toFixed(1)];
});
print(`Start to first 200 on /, medians of ${ROUNDS}`, ['server', 'wall s', 'CPU s', 'CPU ratio'], rows);
