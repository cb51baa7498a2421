/**
 * What the server tells its pages.
 *
 * @typedef {object} Config
 * @property {RTCIceServer[]} iceServers
 * @property {string | null} serverPeer the Java peer's id, or null when it could not start
 * @property {string} version
 */

/**
 * Fetches `config.json`.
 *
 * @returns {Promise<Config>}
 * @throws {Error} with a sentence when the server cannot be reached or refuses
 */
export async function fetchConfig() {
  return (await request('/__/peerhost/config.json')).json();
}

/**
 * Why the server has no peer of its own.
 *
 * @returns {Promise<string>} a sentence with the remedy
 */
export async function serverPeerProblem() {
  const { serverPeer } = await (await request('/__/peerhost/health')).json();
  return serverPeer.reason ?? 'The Java peer was not there when asked for; it should be by now: try again.';
}

/**
 * Fetches one of the server's own addresses.
 *
 * @param {string} url
 * @param {RequestInit} [options]
 * @returns {Promise<Response>} a response of the 2xx kind
 * @throws {Error} with the server's sentence, or ours when it sent none
 */
export async function request(url, options = {}) {
  let response;
  try {
    const headers = { Accept: 'application/json', ...options.headers };
    response = await fetch(url, { ...options, headers, signal: AbortSignal.timeout(10_000) });
  } catch {
    throw new Error('The server does not answer. Is Peerhost still running? Start it, then try again.');
  }
  if (response.ok) return response;
  throw new Error(await sentence(response));
}

/** @param {Response} response */
async function sentence(response) {
  const text = (await response.text()).slice(0, 500);
  try {
    // The offer's refusals have a message, all others are problem details (RFC 9457).
    const { message, detail } = JSON.parse(text);
    return message ?? detail ?? text;
  } catch {
    return text || `The server answered ${response.status}. Look at its log for the reason.`;
  }
}
