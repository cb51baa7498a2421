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
 * Adds one peer to a list, for as long as it is there, with the time there and back and what can be asked of it.
 *
 * @param {Peer} peer
 * @param {(peer: Peer) => Promise<string>} timeAt asks a peer what its clock shows
 * @param {HTMLElement} list
 */
export function showPeer(peer, timeAt, list) {
  const item = document.createElement('li');
  const time = part('span', 'rtt');
  const answer = part('output', 'safety');
  const name = part('span', 'name');
  name.dir = 'auto';
  name.textContent = nameOf(peer);
  item.dataset.peer = peer.id;
  /** @param {() => Promise<string>} question whose answer is shown */
  const ask = async (question) => {
    answer.textContent = 'Asking…';
    answer.textContent = await question().catch((/** @type {Error} */ { message }) => message);
  };
  const [compare, clock, restart] = [
    button('compare', 'Safety words', () => ask(() => peer.safetyCode())),
    button('clock', 'Local time', () => ask(() => timeAt(peer))),
    button('restart', 'Restart ICE', () => peer.restartIce()),
  ];
  item.append(name, time, compare, clock, restart, answer);
  list.append(item);
  const update = () => {
    item.dataset.state = peer.state;
    item.title = peer.state;
    for (const each of [compare, clock, restart]) each.disabled = peer.state !== 'connected';
    // Another connection has other words.
    answer.textContent = '';
    showTime(peer, time);
    if (peer.state === 'closed') {
      clearInterval(timer);
      item.remove();
    }
  };
  const timer = setInterval(() => showTime(peer, time), PING_EVERY);
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

/**
 * @param {string} className
 * @param {string} text
 * @param {() => unknown} press
 */
function button(className, text, press) {
  const made = Object.assign(document.createElement('button'), { className, textContent: text, type: 'button' });
  made.addEventListener('click', press);
  return made;
}
