import { joinRoom } from '/__/peerhost/peerhost.js';
import { conversation } from '../parts/conversation.js';
import { element, onPress, showError, showState } from '../parts/page.js';
import { serverPeerProblem } from '../parts/server.js';
import { Echoes, randomBytes } from './echoes.js';

/** @typedef {import('/__/peerhost/peerhost.js').Channel} Channel */
/** @typedef {import('/__/peerhost/peerhost.js').Room} Room */

const connectButton = element('connect', HTMLButtonElement);
const disconnectButton = element('disconnect', HTMLButtonElement);
const sendBinary = element('send-binary', HTMLButtonElement);
const size = element('binary-size', HTMLSelectElement);

/** @type {Room | undefined} */
let room;
/** @type {Channel | undefined} */
let channel;
let echoes = new Echoes();

const talk = conversation({ send, logs: false, allowEmpty: true });

async function connect() {
  enter('connecting');
  try {
    // A room of our own: nobody but the Java peer is to be found there.
    const id = `echo-${[...randomBytes(12)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
    room = await joinRoom(id);
    if (!room.server) throw new Error(await serverPeerProblem());
    follow(room.server, room.server.channel('echo'));
  } catch (problem) {
    disconnect();
    throw problem;
  }
}

/**
 * @param {import('/__/peerhost/peerhost.js').Peer} peer
 * @param {Channel} fresh
 */
function follow(peer, fresh) {
  channel = fresh;
  echoes = new Echoes();
  const update = () => {
    if (channel !== fresh) return;
    if (fresh.readyState === 'closing' || fresh.readyState === 'closed' || peer.state === 'closed') {
      disconnect();
      showError('The Java peer’s end is gone: the channel is closed. Press “Connect” for a new one.');
    } else if (fresh.readyState === 'open' && peer.state !== 'new') enter(peer.state);
    else enter('connecting');
  };
  peer.addEventListener('statechange', update);
  peer.addEventListener('error', ({ error }) => showError(error));
  fresh.addEventListener('open', update);
  fresh.addEventListener('close', update);
  fresh.addEventListener('error', ({ error }) => showError(error));
  fresh.addEventListener('message', ({ data }) => {
    talk.add({ from: 'server', name: 'Java peer', ...echoes.received(data) });
    showTimes();
  });
  update();
}

/** @param {string | Uint8Array<ArrayBuffer>} data */
async function send(data) {
  if (!channel) throw new Error('There is no channel: press “Connect”, then send.');
  const { text, note, refused } = echoes.sent(data);
  try {
    await channel.send(data);
    talk.add({ from: 'me', name: 'You', text, note });
  } catch (problem) {
    refused();
    throw problem;
  }
}

function disconnect() {
  const left = room;
  room = undefined;
  channel = undefined;
  left?.leave();
  enter('closed');
}

/** @param {import('../parts/page.js').State} state */
function enter(state) {
  showState(state);
  connectButton.disabled = state !== 'closed' && state !== 'new';
  disconnectButton.disabled = !connectButton.disabled;
  sendBinary.disabled = state !== 'connected';
  talk.enable(state === 'connected');
}

function showTimes() {
  for (const [which, milliseconds] of Object.entries(echoes.times())) {
    const place = document.querySelector(`#rtt [data-rtt="${which}"]`);
    if (place) place.textContent = milliseconds.toFixed(1);
  }
}

onPress('connect', connect);
onPress('disconnect', disconnect);
onPress('send-binary', () => send(randomBytes(Number(size.value))));
