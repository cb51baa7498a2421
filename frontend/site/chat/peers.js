import { element } from '../parts/page.js';

/** @typedef {import('/__/peerhost/peerhost.js').Peer} Peer */

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
 * Adds one peer to `#peers`, for as long as it is there.
 *
 * @param {Peer} peer
 */
export function showPeer(peer) {
  const item = document.createElement('li');
  const update = () => {
    item.dataset.state = peer.state;
    item.title = peer.state;
    if (peer.state === 'closed') item.remove();
  };
  item.dataset.peer = peer.id;
  item.dir = 'auto';
  item.textContent = nameOf(peer);
  element('peers', HTMLElement).append(item);
  peer.addEventListener('statechange', update);
  update();
}
