import { conversation } from '../parts/conversation.js';
import { copyOnPress } from '../parts/copy.js';
import { element, onPress, showError, showState } from '../parts/page.js';
import { askServer, ServerMeeting } from './ask-server.js';
import * as clientA from './client-a.js';
import * as clientB from './client-b.js';
import { configurationBox } from './configuration-box.js';
import { isRestart, readDescription } from './description.js';
import { showDescription } from './description-box.js';
import { Meeting } from './meeting.js';
import { newRendezvous } from './rendezvous.js';
import { Repair } from './repair.js';
import { stateOf } from './state.js';
import { writeTimeline } from './timeline.js';

const role = new URLSearchParams(location.search).get('role') === 'b' ? 'b' : 'a';
const NO_WAY = {
  a: 'The two sides found no way to each other. Do this offer and this answer belong together, and is B’s page still open? Across networks, both need the same STUN or TURN servers. Then create the offer anew.',
  b: 'This side has given up: A did not take the answer in time, or there is no way to it. Press “Accept the offer” again and carry the new answer over at once, or let this browser be client A. Firefox waits for 5 seconds only, Chromium for minutes.',
};
const local = element('local-description', HTMLTextAreaElement);
const remote = element('remote-description', HTMLTextAreaElement);
const printRestart = element('print-restart', HTMLButtonElement);

/** @type {RTCPeerConnection | undefined} */
let connection;
/** @type {RTCDataChannel | undefined} */
let channel;
/** Who is at the other end: `peer`, or `server` when the Java peer answered. */
let partner = 'peer';
let watching = new AbortController();
/** @type {import('./rendezvous.js').Rendezvous | undefined} copied beside the description */
let rendezvous;
/** @type {((meet: import('./meeting.js').Meet) => import('./repair.js').MeetingPlace) | undefined} */
let meeting;
/** @type {Repair | undefined} from when the channel is open */
let repair;

const readConfiguration = configurationBox();
const talk = conversation({
  send: (text) => {
    if (channel?.readyState !== 'open') throw new Error('The channel is not open any more: connect again, then send.');
    channel.send(text);
  },
});

/** The page follows a connection by its events only; the `on…` handlers belong to the two clients. */
function follow(/** @type {RTCPeerConnection} */ fresh) {
  watching.abort();
  watching = new AbortController();
  const { signal } = watching;
  connection = fresh;
  channel = undefined;
  partner = 'peer';
  local.value = '';
  repair?.stop();
  repair = undefined;
  meeting = undefined;
  tell('');
  writeTimeline(element('timeline', HTMLElement), fresh, signal);
  for (const event of ['icecandidate', 'icegatheringstatechange']) {
    fresh.addEventListener(event, () => showDescription(connection, rendezvous), { signal });
  }
  fresh.addEventListener('connectionstatechange', update, { signal });
  fresh.addEventListener('datachannel', (event) => followChannel(event.channel), { signal });
  update();
}

function followChannel(/** @type {RTCDataChannel} */ fresh) {
  const { signal } = watching;
  channel = fresh;
  for (const event of ['open', 'closing', 'close']) fresh.addEventListener(event, update, { signal });
  fresh.addEventListener('open', startRepair, { signal });
  fresh.addEventListener(
    'message',
    ({ data }) => {
      const name = partner === 'server' ? 'Java peer' : role === 'a' ? 'Client B' : 'Client A';
      const text = typeof data === 'string' ? data : `${data.byteLength ?? data.size} bytes`;
      talk.add({ from: partner, name, text });
    },
    { signal },
  );
  update();
}

function update() {
  const state = stateOf(connection, channel);
  showState(state);
  talk.enable(state === 'connected');
  printRestart.disabled = !repair || state === 'closed';
  // A connection that was given up may still come to be, when its other side begins late.
  if (state === 'connected') showError('');
  if (connection?.connectionState === 'failed' && !repair) showError(NO_WAY[role]);
  if (state === 'closed') repair?.stop();
}

function startRepair() {
  const other = partner === 'server' ? 'the Java peer' : role === 'a' ? 'client B' : 'client A';
  repair ??= new Repair(/** @type {RTCPeerConnection} */ (connection), { other, offers: role === 'a', meeting, tell });
  update();
}

function tell(/** @type {string} */ sentence) {
  element('repair', HTMLElement).textContent = sentence;
}

/**
 * The last connection ends only when the configuration was good for a new one.
 *
 * @param {typeof clientA | typeof clientB} client
 * @param {RTCConfiguration} chosen
 */
function openWith(client, chosen) {
  const last = connection;
  try {
    client.open(chosen);
  } catch (problem) {
    throw new Error(
      `The browser does not accept this configuration: ${problem instanceof Error ? problem.message : problem}`,
    );
  }
  last?.close();
}

async function createOffer() {
  const chosen = await readConfiguration();
  openWith(clientA, chosen);
  rendezvous = element('meet', HTMLInputElement).checked ? newRendezvous() : undefined;
  follow(window.localConnection);
  followChannel(window.sendChannel);
  await clientA.offer();
}

async function acceptAnswer() {
  if (!connection) throw new Error('There is no offer to be answered yet: press “Create the offer” first.');
  const answer = readDescription(remote.value, 'answer', connection);
  if (connection.signalingState !== 'have-local-offer') {
    throw new Error('This offer has its answer already: press “Create the offer” to begin anew.');
  }
  if (rendezvous && answer.rendezvous?.id === rendezvous.id) meetAt(rendezvous);
  await clientA.accept(answer).catch(refused);
}

async function acceptOffer() {
  const offer = readDescription(remote.value, 'offer', connection);
  if (!repair || !isRestart(offer.sdp, connection)) {
    const chosen = await readConfiguration();
    openWith(clientB, chosen);
    rendezvous = offer.rendezvous && { id: offer.rendezvous.id };
    follow(window.remoteConnection);
    if (offer.rendezvous?.secret) meetAt(offer.rendezvous);
  }
  await clientB.accept(offer).catch(refused);
  await clientB.answer();
}

function meetAt(/** @type {import('./rendezvous.js').Rendezvous} */ place) {
  meeting = (meet) => new Meeting({ rendezvous: place, role, ...meet });
}

/**
 * @param {Error} problem
 * @returns {never}
 */
function refused(problem) {
  throw new Error(
    `The browser does not accept this description (${problem.message}). Copy it again from the other page.`,
  );
}

async function askTheServer() {
  if (connection?.signalingState !== 'have-local-offer') await createOffer();
  const asked = /** @type {RTCPeerConnection} */ (connection);
  const { answer, address } = await askServer(asked);
  if (asked !== connection) return;
  partner = 'server';
  meeting = (meet) => new ServerMeeting(address, meet);
  remote.value = answer;
  await acceptAnswer();
}

document.body.dataset.role = role;
for (const id of ['role-a', 'role-b']) {
  if (id === `role-${role}`) element(id, HTMLAnchorElement).setAttribute('aria-current', 'page');
}
// B pastes first and copies afterwards: its steps stand in that order, for the eye and for the keyboard alike.
if (role === 'b') element('step-remote', HTMLElement).after(element('step-local', HTMLElement));

onPress('create-offer', createOffer);
onPress('ask-server', askTheServer);
onPress('print-restart', () => repair?.print());
onPress('accept', role === 'a' ? acceptAnswer : acceptOffer);
copyOnPress('copy-local', local);
window.addEventListener('pagehide', () => connection?.close());
