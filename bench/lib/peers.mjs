// The echo servers, and how each is given an offer: all but Peerhost's take SDP and give SDP.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { JAR, JAVA, path, peerhost, SITE } from './servers.mjs';

const GO = '/usr/share/gocode';

async function post(url, type, body) {
  const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': type }, body });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  }
  return response.text();
}

const sdp = (server) => (offer) => post(`${server.url}/offer`, 'application/sdp', offer);
const json = (server) => async (offer) => {
  const body = JSON.stringify({ type: 'offer', sdp: offer });
  return JSON.parse(await post(`${server.url}/__/peerhost/offer`, 'application/json', body)).sdp;
};

/** @returns {string} a class path with the webrtc-java that is in Peerhost's jar, so that both run the same */
function webrtcJava() {
  const folder = path('build');
  const jar = JAVA.replace(/java$/, 'jar');
  const entries = execFileSync(jar, ['tf', JAR], { encoding: 'utf8' }).match(/\S*\/webrtc-java\S*\.jar/g) ?? [];
  mkdirSync(folder, { recursive: true });
  execFileSync(jar, ['xf', JAR, ...entries], { cwd: folder });
  return `${folder}/BOOT-INF/lib/*`;
}

/**
 * Debian's Pion of 2023 refuses an SCTP INIT with a parameter that it does not know, and node-datachannel's client has
 * one (zero checksum, RFC 9653). RFC 9260 section 3.2.1 has it skipped: it is built with that one line changed.
 */
function pion() {
  const program = path('build/echo-pion');
  mkdirSync(path('build'), { recursive: true });
  const original = `${GO}/src/github.com/pion/sctp/param.go`;
  const changed = path('build/param.go');
  const refusal = /default:\s+return nil, fmt\.Errorf\(.*, t\)/;
  const text = readFileSync(original, 'utf8').replace(/import \(\s+"errors"\s+"fmt"\s+\)/, 'import "errors"');
  writeFileSync(changed, text.replace(refusal, 'default:\n\t\treturn (&paramECNCapable{}).unmarshal(rawParam)'));
  const overlay = path('build/overlay.json');
  writeFileSync(overlay, JSON.stringify({ Replace: { [original]: changed } }));
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: GO };
  execFileSync('go', ['build', '-overlay', overlay, '-o', program, path('servers/echo-pion.go')], { env });
  return program;
}

const has = (program, ...args) => {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const node = (name) => (port) => [process.execPath, path(`servers/echo-${name}.mjs`), String(port)];

/**
 * An echo server.
 *
 * @typedef {object} Peer
 * @property {string} name
 * @property {(port: number) => string[]} command program and arguments
 * @property {(server: { url: string }) => (offer: string) => Promise<string>} exchange
 * @property {number} [largest] bytes of the largest message that it echoes, where that is less than 64 KiB
 * @property {() => boolean} [installed]
 * @property {string} [remedy] what to install when it is not
 */

/** @type {Peer} */
export const NODE_DATACHANNEL = { name: 'node-datachannel 0.33', command: node('node'), exchange: sdp };

/** @type {Peer} */
export const WEBRTC_JAVA = {
  name: 'webrtc-java 0.14, bare',
  command: (port) => [
    JAVA,
    '--enable-native-access=ALL-UNNAMED',
    '-cp',
    webrtcJava(),
    path('servers/EchoJava.java'),
    String(port),
  ],
  exchange: sdp,
};

/** @type {Peer} */
export const PEERHOST = { name: 'Peerhost', command: (port) => peerhost(port, SITE), exchange: json };

/** @type {Peer} the same started by the script, from an extracted jar and with what a rehearsal has shown the JVM */
export const PEERHOST_SERVED = {
  name: 'Peerhost, bin/serve',
  command: (port) => [path('../bin/serve'), SITE, `--server.port=${port}`],
  exchange: json,
};

/** @type {Peer[]} those that somebody would pick instead */
export const OTHERS = [
  { name: '@roamhq/wrtc 0.10', command: node('wrtc'), exchange: sdp },
  {
    name: 'Pion 3.1',
    command: (port) => [pion(), String(port)],
    exchange: sdp,
    largest: 65_535,
    installed: () => has('go', 'version') && existsSync(`${GO}/src/github.com/pion/webrtc`),
    remedy: 'apt-get install golang-go golang-github-pion-webrtc.v3-dev',
  },
  { name: 'werift 0.24', command: node('werift'), exchange: sdp },
  {
    name: 'aiortc 1.4',
    command: (port) => ['/usr/bin/python3', path('servers/echo-aiortc.py'), String(port)],
    exchange: sdp,
    installed: () => has('/usr/bin/python3', '-c', 'import aiohttp, aiortc'),
    remedy: 'apt-get install python3-aiortc python3-aiohttp',
  },
];
