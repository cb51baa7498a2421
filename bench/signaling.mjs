// Signaling side by side: messages of 1,200 bytes relayed in rooms of two, and what an idle client costs the Java heap.
import { setTimeout as sleep } from 'node:timers/promises';
import { goal, median, percentile, print } from './lib/figures.mjs';
import { growth, live } from './lib/heap.mjs';
import { RELAYS } from './lib/relays.mjs';
import { cpuTime, start } from './lib/servers.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 3);
const CLIENTS = (process.env.CLIENTS ?? '100,1000').split(',').map(Number);
const ONLY = process.env.RELAYS?.split(',');
/** How often each server is kept busy for 5 s before it counts: Java's compilers work as long as the relay at first. */
const WARM_UPS = Number(process.env.WARM_UPS ?? 3);
/** Bytes, about those of an offer for a data channel. */
const SIZE = 1_200;
/** Milliseconds. */
const WARM_UP = 1_500;
const MEASURED = 3_000;
const GENTLE = 1_500;
const PAUSE = 400;
/** Messages a second in all, when nobody is busy. */
const GENTLE_RATE = 200;
const AT_ONCE = 10;

/** The time now, filled up to SIZE. */
const stamp = () => performance.now().toFixed(3).padEnd(SIZE, '.');
const age = (text) => performance.now() - Number.parseFloat(text);

/** Clients in rooms of two, each room once its second client can reach the first. */
async function crowd(relay, url, count, prefix) {
  const rooms = [];
  let next = 0;
  const fill = async () => {
    while (next < count / 2) {
      const room = `${prefix}-${next++}`;
      const first = await relay.join(url, room, 0);
      const met = new Promise((resolve) => {
        first.received = resolve;
      });
      const second = await relay.join(url, room, 1);
      second.send(stamp());
      await met;
      rooms.push([first, second]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fill));
  return rooms;
}

/** In every room one message is under way at all times; gives messages a second and how long they took. */
async function busy(rooms, pid) {
  const took = [];
  let going = true;
  for (const pair of rooms) {
    for (const [side, client] of pair.entries()) {
      client.received = (text) => {
        took.push(age(text));
        if (going) {
          client.send(stamp());
        } else if (side === 1) {
          client.received = () => {};
        }
      };
    }
    pair[0].send(stamp());
  }
  await sleep(WARM_UP);
  took.length = 0;
  const [from, cpu] = [performance.now(), cpuTime(pid)];
  await sleep(MEASURED);
  const count = took.length;
  const rate = count / ((performance.now() - from) / 1_000);
  const micros = ((cpuTime(pid) - cpu) * 1_000) / count;
  const times = took.slice(0, count);
  going = false;
  await sleep(PAUSE);
  return { rate, micros, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

/** A few messages a second, one way: what the way itself takes. */
async function calm(rooms) {
  const took = [];
  for (const [, second] of rooms) {
    second.received = (text) => took.push(age(text));
  }
  const from = performance.now();
  let sent = 0;
  while (performance.now() - from < GENTLE) {
    for (; sent < ((performance.now() - from) * GENTLE_RATE) / 1_000; sent++) {
      rooms[sent % rooms.length][0].send(stamp());
    }
    await sleep(2);
  }
  await sleep(PAUSE);
  if (took.length !== sent) {
    throw new Error(`${sent - took.length} of ${sent} messages were lost`);
  }
  return { p50: percentile(took, 0.5), p99: percentile(took, 0.99) };
}

const relays = RELAYS.filter(({ name }) => !ONLY || ONLY.some((part) => name.startsWith(part)));
const servers = await Promise.all(relays.map(({ command }) => start(command)));
const figures = new Map();
const idle = new Map();
// What is compiled as it runs is compiled before it is timed.
for (const [i, relay] of relays.entries()) {
  const rooms = await crowd(relay, servers[i].url, CLIENTS[0], 'warm-up');
  for (let n = 0; n < WARM_UPS; n++) {
    await busy(rooms, servers[i].pid);
  }
  for (const client of rooms.flat()) {
    client.close();
  }
}
for (let round = 0; round < ROUNDS; round++) {
  for (const count of CLIENTS) {
    for (const [i, relay] of relays.entries()) {
      const { url, pid } = servers[i];
      const isLast = round === ROUNDS - 1 && count === CLIENTS.at(-1);
      const before = relay.name === 'Peerhost' && isLast ? await live(pid) : undefined;
      const rooms = await crowd(relay, url, count, `bench-${round}-${count}`);
      if (before) {
        idle.set(count, growth(before, await live(pid), count));
      }
      const key = `${count} ${relay.name}`;
      const result = { ...(await busy(rooms, pid)), calm: await calm(rooms) };
      figures.set(key, [...(figures.get(key) ?? []), result]);
      for (const client of rooms.flat()) {
        client.close();
      }
      await sleep(PAUSE);
    }
  }
}
await Promise.all(servers.map((server) => server.stop()));

const rateOf = (all) => median(all.map(({ rate }) => rate));
const of = (all, pick, digits = 1) => median(all.map(pick)).toFixed(digits);
for (const count of CLIENTS) {
  const first = figures.get(`${count} ${relays[0].name}`);
  const rows = relays.map(({ name }) => {
    const all = figures.get(`${count} ${name}`);
    const ratio = rateOf(all) / rateOf(first);
    return [
      name,
      of(all, ({ rate }) => rate, 0),
      ratio.toFixed(2),
      of(all, ({ micros }) => micros, 0),
      of(all, ({ p50 }) => p50),
      of(all, ({ p99 }) => p99),
      of(all, (figure) => figure.calm.p50, 2),
      of(all, (figure) => figure.calm.p99, 2),
    ];
  });
  print(
    `${count} clients in rooms of two, messages of ${SIZE} bytes, medians of ${ROUNDS} rounds`,
    ['relay', 'msg/s', 'ratio', 'CPU µs/msg', 'p50 ms', 'p99 ms', `p50 ms at ${GENTLE_RATE}/s`, 'p99 ms'],
    rows,
  );
}
for (const [count, rows] of idle) {
  print(`Java heap of each of ${count} idle clients, after a full GC`, ['class', 'objects', 'bytes'], rows);
  goal('at most 64 KiB of heap for an idle client', Number(rows.at(-1)[2]) <= 65_536);
}
const [ours, theirs] = ['Peerhost', 'socket.io 4.8'];
for (const count of relays.length === RELAYS.length ? CLIENTS : []) {
  const above = rateOf(figures.get(`${count} ${ours}`)) > rateOf(figures.get(`${count} ${theirs}`));
  goal(`more messages a second than ${theirs} with ${count} clients`, above);
}
