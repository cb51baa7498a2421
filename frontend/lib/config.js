import { PeerhostError } from './errors.js';

/** @type {Map<string, Promise<RTCConfiguration>>} one entry for each address that this module was loaded from */
const fetched = new Map();

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
 * The server's STUN and TURN servers, from `config.json` beside this module; fetched once, unless that failed.
 *
 * @returns {Promise<RTCConfiguration>}
 * @throws {PeerhostError} CONFIG_UNAVAILABLE
 */
export function defaultRtcConfig() {
  const url = new URL('config.json', home()).href;
  const config = fetched.get(url) ?? fetchRtcConfig(url);
  fetched.set(url, config);
  config.catch(() => fetched.delete(url));
  return config;
}

/**
 * @param {string} url
 * @returns {Promise<RTCConfiguration>}
 */
async function fetchRtcConfig(url) {
  try {
    const response = await fetch(url);
    if (!response.ok) {
      throw new Error(`status ${response.status}`);
    }
    const { iceServers } = await response.json();
    return { iceServers };
  } catch (cause) {
    throw new PeerhostError('CONFIG_UNAVAILABLE', `${url} cannot be read: is the server up? Or give rtcConfig.`, {
      cause,
    });
  }
}
