import { conversation } from '../parts/conversation.js';
import { copyOnPress } from '../parts/copy.js';
import { attempt, element, onPress, showState } from '../parts/page.js';
import { sendFiles } from './files.js';
import { Stay } from './stay.js';

const name = element('name', HTMLInputElement);
const roomName = element('room', HTMLInputElement);
const invite = element('invite', HTMLInputElement);
const joinButton = element('join', HTMLButtonElement);
const leaveButton = element('leave', HTMLButtonElement);

/** @type {Map<string, Stay>} the rooms that this page is in, by name */
const stays = new Map();
/** @type {Stay | undefined} the one whose messages are seen; the last one is still seen after it was left */
let shown;

const talk = conversation({
  send: async (text) => {
    if (!shown) throw new Error('You are in no room: join one, then send.');
    await shown.say(text);
  },
  // In the log of the room that it was sent to, though another one may be seen by then.
  logs: false,
});

const attachments = sendFiles(() => shown);

const named = () => roomName.value.trim();

/** Joins the room that the field names, beside those that this page is in already. */
async function join() {
  const id = named();
  const stay = shown?.id === id ? shown : new Stay(id, { changed: update, chosen: choose });
  stays.set(id, stay);
  element('rooms', HTMLElement).append(stay.tab);
  show(stay);
  try {
    await stay.join(name.value.trim());
  } catch (problem) {
    // What was refused stays to be mended.
    roomName.value = id;
    refresh();
    throw problem;
  }
}

/** @param {Stay} stay whose tab was pressed */
function choose(stay) {
  roomName.value = stay.id;
  show(stay);
}

/** @param {Stay} stay is seen from here on, and what is sent goes to it */
function show(stay) {
  shown = stay;
  stay.show();
  refresh();
}

/** @param {Stay} stay whose state is another one */
function update(stay) {
  if (stay.state === 'closed') {
    stays.delete(stay.id);
    stay.tab.remove();
    const [next] = [...stays.values()].slice(-1);
    if (next && shown === stay) choose(next);
  }
  refresh();
}

/** Shows where we are in the room that the field names, and what can be pressed there. */
function refresh() {
  const id = named();
  const stay = stays.get(id);
  showState(stay?.state ?? (shown?.id === id ? shown.state : 'new'));
  joinButton.disabled = stay !== undefined;
  leaveButton.disabled = stay === undefined;
  talk.enable(shown?.ready ?? false);
  attachments.enable(shown?.ready ?? false);
  const query = `?room=${encodeURIComponent(id)}`;
  invite.value = new URL(query, location.href).href;
  // A reload comes back to this room and this name.
  if (stay?.state === 'connected') history.replaceState({ name: name.value }, '', query);
}

name.value = history.state?.name ?? '';
roomName.value = new URLSearchParams(location.search).get('room') ?? 'demo';
roomName.addEventListener('input', refresh);
element('only-here', HTMLElement).hidden = !/^(localhost|127\.|\[::1\])/.test(location.hostname);
refresh();
element('entrance', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  // Enter in a field submits too, even when there is nothing to join.
  if (!joinButton.disabled) attempt(join);
});
onPress('leave', () => stays.get(named())?.leave());
copyOnPress('copy-invite', invite);
