// Round trips of SIZE bytes through a data channel, one after the other: TRIPS a round after WARM_UP more that do not
// count, ROUNDS rounds in turn, each on a connection of its own; medians of the rounds.
import { cleanup } from 'node-datachannel';
import { chromium, open } from './lib/browser.mjs';
import { median, percentile, print } from './lib/figures.mjs';
import { connect } from './lib/node-client.mjs';
import { NODE_DATACHANNEL, PEERHOST, WEBRTC_JAVA } from './lib/peers.mjs';
import { start } from './lib/servers.mjs';

const TRIPS = Number(process.env.TRIPS ?? 2000);
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const WARM_UP = 500;
const SIZE = 64;

const bareNode = await start(NODE_DATACHANNEL.command);
const bareJava = await start(WEBRTC_JAVA.command);
const host = await start(PEERHOST.command);
const browser = await chromium();
const page = await open(browser, host.url, 'echo');

/** The same as connect() of lib/node-client.mjs, in Chromium. */
async function connectPage(exchange) {
  await page('accept', await exchange(await page('offer')));
  return { trips: (count, size) => page('trips', count, size), close: () => page('close') };
}

const SERVERS = {
  [NODE_DATACHANNEL.name]: NODE_DATACHANNEL.exchange(bareNode),
  [WEBRTC_JAVA.name]: WEBRTC_JAVA.exchange(bareJava),
  [PEERHOST.name]: PEERHOST.exchange(host),
};
const CLIENTS = { Chromium: connectPage, 'node-datachannel': connect };

/** @type {{ client: string, server: string, p50: number[], p99: number[] }[]} */
const results = Object.keys(CLIENTS).flatMap((client) =>
  Object.keys(SERVERS).map((server) => ({ client, server, p50: [], p99: [] })),
);
for (let round = 0; round < ROUNDS; round++) {
  for (const { client, server, p50, p99 } of results) {
    const channel = await CLIENTS[client](SERVERS[server]);
    await channel.trips(WARM_UP, SIZE);
    const times = await channel.trips(TRIPS, SIZE);
    p50.push(percentile(times, 0.5));
    p99.push(percentile(times, 0.99));
    await channel.close();
  }
}

await browser.close();
cleanup();
await Promise.all([host, bareNode, bareJava].map((server) => server.stop()));

const rows = results.map(({ client, server, p50, p99 }) => {
  const reference = results.find((other) => other.client === client);
  const ratio = median(p50) / median(reference.p50);
  return [client, server, median(p50).toFixed(2), median(p99).toFixed(2), ratio.toFixed(2)];
});
const title = `Echo of ${SIZE} bytes, ${TRIPS} round trips, medians of ${ROUNDS} rounds`;
print(title, ['client', 'server', 'p50 ms', 'p99 ms', 'p50 ratio'], rows);
