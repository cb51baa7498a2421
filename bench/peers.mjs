// Everything that a data channel can be slow at, side by side: ROUNDS rounds in which the peers take turns at each thing,
// and medians of the rounds. The client is node-datachannel. A peer that is not installed is left out and named.
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanup } from 'node-datachannel';
import { median, percentile, print } from './lib/figures.mjs';
import { connect } from './lib/node-client.mjs';
import { NODE_DATACHANNEL, OTHERS, PEERHOST, PEERHOST_SERVED, WEBRTC_JAVA } from './lib/peers.mjs';
import { cpuTime, memory, start } from './lib/servers.mjs';

/** Parts of the names of those that take part; all do without it. */
const PEERS = (process.env.PEERS ?? '').split(',');
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const OPENS = Number(process.env.OPENS ?? 30);
const TRIPS = Number(process.env.TRIPS ?? 2000);
const MIB = Number(process.env.MIB ?? 32);
const TRANSFERS = Number(process.env.TRANSFERS ?? 3);
const CONNECTIONS = Number(process.env.CONNECTIONS ?? 100);
const WARM_UP = 500;

/** Milliseconds. */
const WARM_OPENS_FOR = Number(process.env.WARM_OPENS_FOR ?? 8000);
const WARM_RATE_FOR = Number(process.env.WARM_RATE_FOR ?? 3000);
const RATE_FOR = Number(process.env.RATE_FOR ?? 3000);
const SETTLE = 1000;

const COLUMNS = {
  open: ['open p50 ms', 1],
  p50: ['RTT p50 ms', 2],
  p99: ['RTT p99 ms', 2],
  rate64: ['64 B msg/s', 0],
  cpu64: ['64 B CPU µs/msg', 0],
  rate1k: ['1 KiB msg/s', 0],
  cpu1k: ['1 KiB CPU µs/msg', 0],
  bulk16k: ['16 KiB MiB/s', 1],
  bulk64k: ['64 KiB MiB/s', 1],
  memory: ['KiB per connection', 0],
};

/** So that nobody compiles while it is measured. */
async function warmUp(exchange) {
  for (const start = performance.now(); performance.now() - start < WARM_OPENS_FOR; ) {
    await open(exchange);
  }
  await using(exchange, (channel) => channel.rate(64, WARM_RATE_FOR));
}

/** What is measured in turn, each on a connection of its own; each gives some of the figures. */
const STEPS = [
  async (server, exchange) => {
    const opens = [];
    for (let i = 0; i < OPENS; i++) {
      opens.push(await open(exchange));
    }
    return { open: median(opens) };
  },
  (server, exchange) =>
    using(exchange, async (channel) => {
      await channel.trips(WARM_UP, 64);
      const trips = await channel.trips(TRIPS, 64);
      return { p50: percentile(trips, 0.5), p99: percentile(trips, 0.99) };
    }),
  rate('rate64', 'cpu64', 64),
  rate('rate1k', 'cpu1k', 1024),
  bulk('bulk16k', 16_384),
  bulk('bulk64k', 65_536),
  async (server, exchange) => ({ memory: await memoryPerConnection(server, exchange) }),
];

function rate(rateName, cpuName, size) {
  return (server, exchange) =>
    using(exchange, async (channel) => {
      await channel.rate(size, RATE_FOR / 3);
      const before = cpuTime(server.pid);
      const { messages, seconds } = await channel.rate(size, RATE_FOR);
      return { [rateName]: messages / seconds, [cpuName]: ((cpuTime(server.pid) - before) * 1000) / messages };
    });
}

function bulk(name, size) {
  return async (server, exchange, { largest = size }) => {
    const transfers = [];
    for (let i = 0; i < TRANSFERS; i++) {
      transfers.push(await using(exchange, (channel) => channel.bulk(Math.min(size, largest), MIB)));
    }
    return { [name]: median(transfers) };
  };
}

/** What CONNECTIONS more connections add to the memory of a server that has had many. */
async function memoryPerConnection(server, exchange) {
  await sleep(SETTLE);
  const before = memory(server.pid);
  const open = [];
  for (let i = 0; i < CONNECTIONS; i++) {
    open.push(await connect(exchange));
  }
  await sleep(SETTLE);
  const each = (memory(server.pid) - before) / CONNECTIONS;
  for (const channel of open) {
    channel.close();
  }
  return each;
}

const open = (exchange) => using(exchange, async (channel) => channel.opened, 20);

async function using(exchange, action, pause = 100) {
  const channel = await connect(exchange);
  try {
    return await action(channel);
  } finally {
    channel.close();
    await sleep(pause);
  }
}

const all = [NODE_DATACHANNEL, ...OTHERS, WEBRTC_JAVA, PEERHOST, PEERHOST_SERVED].filter(({ name }) =>
  PEERS.some((part) => name.toLowerCase().includes(part.toLowerCase())),
);
const peers = all.filter(({ name, installed, remedy }) => {
  const there = installed?.() ?? true;
  if (!there) {
    process.stderr.write(`Left out ${name}; install it with: ${remedy}\n`);
  }
  return there;
});

const results = new Map(peers.map((peer) => [peer, []]));
const servers = new Map();
for (const peer of peers) {
  servers.set(peer, await start(peer.command));
}
for (const [peer, server] of servers) {
  process.stderr.write(`Warming up: ${peer.name}\n`);
  await warmUp(peer.exchange(server)).catch(({ message }) => process.stderr.write(`${peer.name} failed: ${message}\n`));
}
for (let round = 1; round <= ROUNDS; round++) {
  // The peers take turns at each step, since a shared machine is another one a minute later.
  for (const step of STEPS) {
    for (const [peer, server] of servers) {
      try {
        const figures = await step(server, peer.exchange(server), peer);
        process.stderr.write(`Round ${round} of ${ROUNDS}: ${peer.name} ${JSON.stringify(figures)}\n`);
        results.get(peer).push(figures);
      } catch (error) {
        // One that fails must not take the others' figures with it; the table shows that there is none.
        process.stderr.write(`${peer.name} failed: ${error.message}\n`);
      }
    }
  }
}
cleanup();
await Promise.all([...servers.values()].map((server) => server.stop()));

const rows = peers.map((peer) => [
  peer.name,
  ...Object.entries(COLUMNS).map(([key, [, digits]]) => {
    const figures = results.get(peer).flatMap((round) => round[key] ?? []);
    return figures.length === 0 ? 'failed' : median(figures).toFixed(digits);
  }),
]);
print(`Echo servers side by side, medians of ${ROUNDS} rounds`, ['server', ...Object.values(COLUMNS).map(([head]) => head)], rows);
process.exit(0);
