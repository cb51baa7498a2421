import { because, PeerhostError } from './errors.js';

/**
 * @typedef {object} Settings how peers connect
 * @property {Pick<import('./connections.js').Connections, 'create' | 'close'>} connections
 * @property {import('./recovery.js').IceRestart} iceRestart
 * @property {number} recoveryTimeout milliseconds
 */

/** @type {Promise<RTCConfiguration> | undefined} the server's, for all who join */
let fetched;

/** The folder that the server keeps for itself; this module lies in it unless somebody bundled it. */
function home() {
  return import.meta.url.startsWith('http') ? import.meta.url : new URL('/__/peerhost/', globalThis.location?.href);
}

/**
 * The WebSocket's address: `url` against the page's own address, or the server's that this module came from.
 *
 * @param {string | URL} [url] ws, wss, http or https, absolute or relative
 * @returns {string}
 * @throws {PeerhostError} BAD_URL
 */
export function signalingUrl(url) {
  try {
    const address = url === undefined ? new URL('signaling', home()) : new URL(url, globalThis.location?.href);
    address.protocol = address.protocol.replace(/^http/, 'ws');
    if (/^wss?:$/.test(address.protocol)) {
      return address.href;
    }
  } catch {
    // The sentence below says it better than the platform's does.
  }
  throw new PeerhostError(
    'BAD_URL',
    `"${url ?? ''}" is no WebSocket address: give url as ws://HOST/__/peerhost/signaling`,
  );
}

/**
 * What every RTCPeerConnection is made with: the given one, or the server's STUN and TURN servers from `config.json`
 * beside this module, which is fetched once.
 *
 * @param {RTCConfiguration} [given]
 * @returns {Promise<RTCConfiguration>}
 * @throws {PeerhostError} CONFIG_UNAVAILABLE
 */
export async function rtcConfigFrom(given) {
  fetched ??= given ? undefined : fetchConfig(new URL('config.json', home()).href);
  return given ?? /** @type {Promise<RTCConfiguration>} */ (fetched);
}

/**
 * @param {string} url
 * @returns {Promise<RTCConfiguration>}
 */
async function fetchConfig(url) {
  try {
    const response = await fetch(url);
    if (!response.ok) {
      throw new Error(`status ${response.status}`);
    }
    const { iceServers } = await response.json();
    return { iceServers };
  } catch (cause) {
    fetched = undefined;
    throw because('CONFIG_UNAVAILABLE', `${url} cannot be read (give rtcConfig to do without it)`, cause);
  }
}
