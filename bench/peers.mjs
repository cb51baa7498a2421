// Everything that a data channel can be slow at, side by side: ROUNDS rounds in which the peers take turns, and medians
// of the rounds. The client is node-datachannel. A peer that is not installed is left out and named.
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanup } from 'node-datachannel';
import { median, percentile, print } from './lib/figures.mjs';
import { connect } from './lib/node-client.mjs';
import { NODE_DATACHANNEL, OTHERS, PEERHOST, WEBRTC_JAVA } from './lib/peers.mjs';
import { cpuTime, memory, start } from './lib/servers.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 3);
const OPENS = Number(process.env.OPENS ?? 10);
const TRIPS = Number(process.env.TRIPS ?? 2000);
const MIB = Number(process.env.MIB ?? 32);
const CONNECTIONS = Number(process.env.CONNECTIONS ?? 100);
const WARM_UP = 500;

/** Milliseconds. */
const RATE_FOR = 3000;
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

/** What one connection after another does, each on its own so that none leaves the next a warm path. */
async function measure(server, exchange) {
  const opens = [];
  for (let i = 0; i < OPENS; i++) {
    const channel = await connect(exchange);
    opens.push(channel.opened);
    channel.close();
    await sleep(20);
  }
  const result = { open: median(opens) };
  const trips = await using(exchange, async (channel) => {
    await channel.trips(WARM_UP, 64);
    return channel.trips(TRIPS, 64);
  });
  result.p50 = percentile(trips, 0.5);
  result.p99 = percentile(trips, 0.99);
  for (const [name, size] of [
    ['64', 64],
    ['1k', 1024],
  ]) {
    await using(exchange, async (channel) => {
      await channel.rate(size, RATE_FOR / 3);
      const before = cpuTime(server.pid);
      const { messages, seconds } = await channel.rate(size, RATE_FOR);
      result[`rate${name}`] = messages / seconds;
      result[`cpu${name}`] = ((cpuTime(server.pid) - before) * 1000) / messages;
    });
  }
  for (const [name, size] of [
    ['16k', 16_384],
    ['64k', 65_536],
  ]) {
    result[`bulk${name}`] = await using(exchange, (channel) => channel.bulk(size, MIB));
  }
  return result;
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

async function using(exchange, action) {
  const channel = await connect(exchange);
  try {
    return await action(channel);
  } finally {
    channel.close();
    await sleep(100);
  }
}

const all = [NODE_DATACHANNEL, ...OTHERS, WEBRTC_JAVA, PEERHOST];
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
for (let round = 1; round <= ROUNDS; round++) {
  for (const [peer, server] of servers) {
    process.stderr.write(`Round ${round} of ${ROUNDS}: ${peer.name}\n`);
    const exchange = peer.exchange(server);
    try {
      const figures = await measure(server, exchange);
      figures.memory = await memoryPerConnection(server, exchange);
      results.get(peer).push(figures);
    } catch (error) {
      // One that fails must not take the others' figures with it; the table shows that it has none.
      process.stderr.write(`${peer.name} failed in this round: ${error.message}\n`);
    }
  }
}
cleanup();
await Promise.all([...servers.values()].map((server) => server.stop()));

const rows = peers.map((peer) => {
  const rounds = results.get(peer);
  const cells = Object.entries(COLUMNS).map(([key, [, digits]]) =>
    rounds.length === 0 ? 'failed' : median(rounds.map((figures) => figures[key])).toFixed(digits),
  );
  return [rounds.length === ROUNDS ? peer.name : `${peer.name} (${rounds.length} of ${ROUNDS} rounds)`, ...cells];
});
print(`Echo servers side by side, medians of ${ROUNDS} rounds`, ['server', ...Object.values(COLUMNS).map(([head]) => head)], rows);
process.exit(0);
