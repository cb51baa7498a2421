import { element } from '../parts/page.js';

/** @typedef {import('/__/peerhost/peerhost.js').Peer} Peer */

/** Milliseconds from one measurement of a round trip to the next. */
const PING_EVERY = 5_000;

/**
 * What to call a peer. It is anybody's text: never HTML.
 *
 * @param {Peer} peer
 */
export function nameOf(peer) {
  return peer.name || `Guest ${peer.id.slice(0, 4)}`;
}

/**
 * Shows these peers in `#peers`, and no others.
 *
 * @param {Iterable<Peer>} peers
 */
export function showPeers(peers) {
  element('peers', HTMLElement).replaceChildren();
  for (const peer of peers) showPeer(peer);
}

/**
 * Adds one peer to `#peers`, for as long as it is there, with the time there and back and, when asked for, the safety code.
 *
 * @param {Peer} peer
 */
export function showPeer(peer) {
  const item = document.createElement('li');
  const time = part('span', 'rtt');
  const code = part('output', 'safety');
  const compare = part('button', 'compare');
  const name = part('span', 'name');
  name.dir = 'auto';
  name.textContent = nameOf(peer);
  compare.textContent = 'Safety words';
  item.dataset.peer = peer.id;
  item.append(name, time, compare, code);
  element('peers', HTMLElement).append(item);
  const update = () => {
    item.dataset.state = peer.state;
    item.title = peer.state;
    // Another connection has other words.
    code.textContent = '';
    showTime(peer, time);
    if (peer.state === 'closed') {
      clearInterval(timer);
      item.remove();
    }
  };
  const timer = setInterval(() => showTime(peer, time), PING_EVERY);
  compare.addEventListener('click', async () => {
    code.textContent = 'Asking…';
    code.textContent = await peer.safetyCode().catch((/** @type {Error} */ { message }) => message);
  });
  peer.addEventListener('statechange', update);
  update();
}

/**
 * @param {Peer} peer
 * @param {HTMLElement} place
 */
async function showTime(peer, place) {
  if (peer.state !== 'connected' || document.visibilityState === 'hidden') return;
  // One who does not answer shows as its state.
  const milliseconds = await peer.ping().catch(() => undefined);
  place.textContent = milliseconds === undefined ? '' : `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
}

/**
 * @param {string} tag
 * @param {string} className
 */
function part(tag, className) {
  return Object.assign(document.createElement(tag), { className });
}
