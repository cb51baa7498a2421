import { fetchConfig } from '../parts/server.js';

/**
 * The public STUN servers of the seed, the readme that this page grew out of; used only by those who press the button.
 *
 * @type {RTCIceServer[]}
 */
const SEED_SERVERS = [{ urls: ['stun:stun1.l.google.com:19302', 'stun:stun2.l.google.com:19302'] }];

/**
 * The seed has 10, but with a pool of any size Chromium 156 does not connect in about one try of twenty: the caller
 * leaves checks unanswered, or the called side never finds a candidate. Without one, 100 tries of 100 connected.
 */
const POOL_SIZE = 0;

/** @returns {RTCConfiguration} with the seed's STUN servers */
export function seedConfiguration() {
  return { iceServers: SEED_SERVERS, iceCandidatePoolSize: POOL_SIZE };
}

/**
 * Asks this server for its STUN and TURN servers.
 *
 * @returns {Promise<RTCConfiguration>}
 */
export async function serverConfiguration() {
  const { iceServers } = await fetchConfig();
  return { iceServers, iceCandidatePoolSize: POOL_SIZE };
}

/**
 * Reads the configuration that stands in the box.
 * What only a browser can judge (credentials, pool sizes) is left to `RTCPeerConnection` itself.
 *
 * @param {string} text
 * @returns {RTCConfiguration}
 * @throws {Error} with a sentence that says what is wrong and where
 */
export function parseConfiguration(text) {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('The configuration must be one object in braces, such as {"iceServers": []}.');
  }
  const { iceServers = [] } = value;
  if (!Array.isArray(iceServers)) {
    throw new Error('"iceServers" in the configuration must be a list in brackets, such as "iceServers": [].');
  }
  iceServers.forEach((server, index) => {
    const urls = [server?.urls ?? []].flat();
    const bad = urls.find((url) => typeof url !== 'string' || !/^(stuns?|turns?):[^/]/.test(url));
    if (urls.length === 0)
      throw new Error(`Entry ${index + 1} of "iceServers" has no "urls": add "urls": "stun:HOST:PORT".`);
    if (bad !== undefined) {
      throw new Error(
        `"${bad}" in "iceServers" is no address of a STUN or TURN server: write stun:HOST:PORT or turn:HOST:PORT.`,
      );
    }
  });
  return value;
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch (problem) {
    const reason = problem instanceof Error ? problem.message : String(problem);
    throw new Error(`The configuration is not JSON (${reason}): correct it, or take the server’s.`);
  }
}
