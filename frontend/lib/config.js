import { because, PeerhostError } from './errors.js';

/**
 * @typedef {import('./recovery.js').RecoveryOptions & { connections:
 *   Pick<import('./connections.js').Connections, 'create' | 'close'> }} Settings how peers connect
 */

/** @type {Promise<RTCConfiguration> | undefined} the server's, for all who join */
let fetched;

/**
 * What the server keeps for itself, the one that this module came from or, without an address of its own, the page.
 *
 * @param {string} name
 * @returns {URL}
 * @throws {TypeError} for want of either address
 */
function served(name) {
  const { url } = import.meta;
  return new URL(`/__/peerhost/${name}`, url.startsWith('http') ? url : globalThis.location?.href);
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
    const { href } = url === undefined ? served('signaling') : new URL(url, globalThis.location?.href);
    const address = href.replace(/^http/, 'ws');
    if (/^wss?:/.test(address)) {
      return address;
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
 * The server's STUN and TURN servers, from its `config.json`, which is fetched once.
 *
 * @returns {Promise<RTCConfiguration>}
 * @throws {PeerhostError} CONFIG_UNAVAILABLE
 */
export async function serverRtcConfig() {
  fetched ??= fetchConfig(served('config.json'));
  return fetched;
}

/**
 * @param {URL} url
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
    throw because('CONFIG_UNAVAILABLE', `${url} cannot be read: give rtcConfig instead`, cause);
  }
}
