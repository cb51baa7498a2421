// Round trips of SIZE bytes through a data channel, one after the other: TRIPS a round after WARM_UP more that do not
// count, ROUNDS rounds in turn, each on a connection of its own; medians of the rounds.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { cleanup } from 'node-datachannel';
import { chromium, open } from './lib/browser.mjs';
import { median, percentile, print } from './lib/figures.mjs';
import { connect } from './lib/node-client.mjs';
import { JAR, JAVA, path, peerhost, SITE, start } from './lib/servers.mjs';

const TRIPS = Number(process.env.TRIPS ?? 2000);
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const WARM_UP = 500;
const SIZE = 64;

/** @returns {string} a class path with the webrtc-java that is in Peerhost's jar, so that both run the same */
function webrtcJava() {
  const folder = path('build');
  const jar = JAVA.replace(/java$/, 'jar');
  const entries = execFileSync(jar, ['tf', JAR], { encoding: 'utf8' }).match(/\S*\/webrtc-java\S*\.jar/g) ?? [];
  mkdirSync(folder, { recursive: true });
  execFileSync(jar, ['xf', JAR, ...entries], { cwd: folder });
  return `${folder}/BOOT-INF/lib/*`;
}

const echoNode = (port) => [process.execPath, path('servers/echo-node.mjs'), String(port)];
const echoJava = (port) => [
  JAVA,
  '--enable-native-access=ALL-UNNAMED',
  '-cp',
  webrtcJava(),
  path('servers/EchoJava.java'),
  String(port),
];

async function post(url, type, body) {
  const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': type }, body });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  }
  return response.text();
}

/** How each server is given an offer and gives its answer, both SDP. */
const sdp = (server) => (offer) => post(`${server.url}/offer`, 'application/sdp', offer);
const json = (server) => async (offer) => {
  const body = JSON.stringify({ type: 'offer', sdp: offer });
  return JSON.parse(await post(`${server.url}/__/peerhost/offer`, 'application/json', body)).sdp;
};

const bareNode = await start(echoNode);
const bareJava = await start(echoJava);
const host = await start((port) => peerhost(port, SITE));
const browser = await chromium();
const page = await open(browser, host.url, 'echo');

/** The same as connect() of lib/node-client.mjs, in Chromium. */
async function connectPage(exchange) {
  await page('accept', await exchange(await page('offer')));
  return { trips: (count, size) => page('trips', count, size), close: () => page('close') };
}

const SERVERS = {
  'node-datachannel 0.33': sdp(bareNode),
  'webrtc-java 0.14, bare': sdp(bareJava),
  Peerhost: json(host),
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
