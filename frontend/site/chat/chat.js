import { joinRoom } from '/__/peerhost/peerhost.js';
import { conversation } from '../parts/conversation.js';
import { copyOnPress } from '../parts/copy.js';
import { attempt, element, onPress, showError, showState } from '../parts/page.js';
import { files } from './files.js';
import { nameOf, showPeer, showPeers } from './peers.js';

/** @typedef {import('/__/peerhost/peerhost.js').Peer} Peer */
/** @typedef {import('/__/peerhost/peerhost.js').Room} Room */

const name = element('name', HTMLInputElement);
const roomName = element('room', HTMLInputElement);
const invite = element('invite', HTMLInputElement);
const joinButton = element('join', HTMLButtonElement);
const leaveButton = element('leave', HTMLButtonElement);

/** @type {Room | undefined} the room that this page is in */
let room;
/** Ends a join that is still under way. */
let joining = new AbortController();

const talk = conversation({
  send: (text) => {
    if (!room) throw new Error('You are in no room: join one, then send.');
    return room.channel('chat').send(text);
  },
});

const attachments = files({ room: () => room, add: talk.add });

async function join() {
  const id = roomName.value.trim();
  joining = new AbortController();
  enter('connecting');
  try {
    const joined = await joinRoom(id, {
      ...(name.value.trim() && { name: name.value.trim() }),
      signal: joining.signal,
    });
    room = joined;
    // A reload comes back to this room and this name.
    history.replaceState({ name: name.value }, '', `?room=${encodeURIComponent(id)}`);
    follow(joined);
  } catch (problem) {
    enter('closed');
    if (!joining.signal.aborted) throw problem;
  }
}

function follow(/** @type {Room} */ joined) {
  const chat = joined.channel('chat');
  const update = () => {
    if (room !== joined) return;
    if (joined.state === 'closed') leave();
    else enter(joined.state);
    talk.enable(chat.readyState === 'open');
    attachments.enable(chat.readyState === 'open');
  };
  joined.addEventListener('statechange', update);
  joined.addEventListener('error', ({ error }) => showError(error));
  chat.addEventListener('open', update);
  chat.addEventListener('close', update);
  chat.addEventListener('error', ({ error }) => showError(error));
  chat.addEventListener('message', ({ peer, data }) => {
    const text = typeof data === 'string' ? data : `(${data.byteLength ?? data.size} bytes that are no text)`;
    talk.add({ from: peer.id, name: nameOf(peer), text });
  });
  attachments.follow(joined);
  // A request that each page answers by itself.
  const clock = joined.action('clock');
  clock.respond(() => new Date().toLocaleTimeString([], { timeZoneName: 'short' }));
  // The answer is anybody's text.
  const timeAt = async (/** @type {Peer} */ peer) =>
    String(await clock.request(peer, null, { timeout: 5_000 })).slice(0, 64);
  joined.addEventListener('peerjoin', ({ peer }) => showPeer(peer, timeAt));
  showPeers(joined.peers.values(), timeAt);
  update();
}

function leave() {
  joining.abort();
  const left = room;
  room = undefined;
  left?.leave();
  enter('closed');
  showPeers([], async () => '');
}

/** Shows where we are in the life of a stay, and what can be pressed there. */
function enter(/** @type {import('../parts/page.js').State} */ state) {
  const outside = state === 'closed' || state === 'new';
  showState(state);
  joinButton.disabled = !outside;
  leaveButton.disabled = outside;
  name.readOnly = !outside;
  roomName.readOnly = !outside;
  if (outside) {
    talk.enable(false);
    attachments.enable(false);
  }
}

function showInvitation() {
  invite.value = new URL(`?room=${encodeURIComponent(roomName.value.trim())}`, location.href).href;
}

name.value = history.state?.name ?? '';
roomName.value = new URLSearchParams(location.search).get('room') ?? 'demo';
roomName.addEventListener('input', showInvitation);
element('only-here', HTMLElement).hidden = !/^(localhost|127\.|\[::1\])/.test(location.hostname);
showInvitation();
element('entrance', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  // Enter in a field submits too, even when there is nothing to join.
  if (!joinButton.disabled) attempt(join);
});
onPress('leave', leave);
copyOnPress('copy-invite', invite);
