// From the second window's call to its open channel, in two windows of one Chromium; and to the Java peer. JOINS times
// each, in turn, after WARM_UP more that do not count: a server that has run for a while has compiled what they need.
import { chromium, open } from './lib/browser.mjs';
import { goal, percentile, print } from './lib/figures.mjs';
import { PEERHOST, PEERHOST_SERVED } from './lib/peers.mjs';
import { path, start } from './lib/servers.mjs';

const JOINS = Number(process.env.JOINS ?? 30);
const WARM_UP = Number(process.env.WARM_UP ?? 200);

const peerServer = (port) => [
  process.execPath,
  path('node_modules/peer/dist/bin/peerjs.js'),
  '--host=127.0.0.1',
  `--port=${port}`,
];

const host = await start((process.env.JAR ? PEERHOST : PEERHOST_SERVED).command);
const introducer = await start(peerServer);
const port = Number(new URL(introducer.url).port);
const browser = await chromium();

const windows = (...page) => Promise.all([open(browser, host.url, ...page), open(browser, host.url, ...page)]);
const ours = await windows('peerhost');
const theirs = await windows('peerjs', path('node_modules/peerjs/dist/peerjs.min.js'));

/** Opens a channel between two windows, closes it, and gives the milliseconds that the second window took. */
async function meet([first, second], ...place) {
  await first('wait', ...place);
  const took = await second('toBrowser', ...place);
  await Promise.all([first('leave'), second('leave')]);
  return took;
}

async function meetServer([window], name) {
  const took = await window('toServer', name);
  await window('leave');
  return took;
}

/** @type {Record<string, (name: string) => Promise<number>>} */
const CONTENDERS = {
  'PeerJS 1.5.5 + PeerServer 1.0.2: `new Peer`, `connect`': (name) => meet(theirs, name, port),
  'Peerhost: `joinRoom`, `room.channel`': (name) => meet(ours, name),
  'Peerhost: `joinRoom`, `room.server.channel`': (name) => meetServer(ours, `${name}-server`),
};

const took = Object.fromEntries(Object.keys(CONTENDERS).map((name) => [name, []]));
for (let round = -WARM_UP; round < JOINS; round++) {
  for (const [name, measure] of Object.entries(CONTENDERS)) {
    const ms = await measure(`bench${round + WARM_UP}`);
    if (round >= 0) {
      took[name].push(ms);
    }
  }
}

await browser.close();
await Promise.all([host.stop(), introducer.stop()]);

const [reference] = Object.values(took).map((all) => percentile(all, 0.5));
const rows = Object.entries(took).map(([name, all]) => {
  const [p50, p90] = [0.5, 0.9].map((share) => percentile(all, share));
  return [name, p50.toFixed(0), p90.toFixed(0), (p50 / reference).toFixed(2)];
});
print(`Join to open channel in Chromium, ${JOINS} times each`, ['', 'p50 ms', 'p90 ms', 'p50 ratio'], rows);
const [, toBrowser, toServer] = Object.values(took).map((all) => percentile(all, 0.5));
goal('two browsers within 250 ms', toBrowser <= 250);
goal('to the Java peer within 100 ms', toServer <= 100);
goal('two browsers sooner than with PeerJS', toBrowser < reference);
goal('to the Java peer sooner than with PeerJS to a browser', toServer < reference);
