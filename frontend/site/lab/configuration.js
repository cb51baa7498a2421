import { fetchConfig } from '../parts/server.js';

/**
 * The seed's public STUN servers; used only by those who press the button for them.
 *
 * @type {RTCIceServer[]}
 */
const SEED_SERVERS = [{ urls: ['stun:stun1.l.google.com:19302', 'stun:stun2.l.google.com:19302'] }];

/**
 * The seed gathers ten sets of candidates ahead. Client B does without: Chromium 156, when it answers with a pool, now
 * and then never finds a candidate.
 */
const POOL_SIZE = { a: 10, b: 0 };

/** @typedef {'a' | 'b'} Role */

/**
 * The seed's configuration.
 *
 * @param {Role} role
 * @returns {RTCConfiguration}
 */
export function seedConfiguration(role) {
  return { iceServers: SEED_SERVERS, iceCandidatePoolSize: POOL_SIZE[role] };
}

/**
 * The configuration with the servers that this server gives its pages.
 *
 * @param {Role} role
 * @returns {Promise<RTCConfiguration>}
 */
export async function serverConfiguration(role) {
  const { iceServers } = await fetchConfig();
  return { iceServers, iceCandidatePoolSize: POOL_SIZE[role] };
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
    throw new Error(`The configuration is not JSON (${reason}): correct it, or take the server's.`);
  }
}
