import { conversation } from '../parts/conversation.js';
import { copyOnPress } from '../parts/copy.js';
import { element, onPress, showError, showState } from '../parts/page.js';
import { askServer, ServerMeeting } from './ask-server.js';
import * as clientA from './client-a.js';
import * as clientB from './client-b.js';
import { opening } from './clients.js';
import { configurationBox } from './configuration-box.js';
import { isRestart, readDescription, sessionOf } from './description.js';
import { showDescription } from './description-box.js';
import { Ledger } from './ledger.js';
import { Meeting } from './meeting.js';
import { newRendezvous } from './rendezvous.js';
import { Repair } from './repair.js';
import { GIVEN_UP, NO_WAY, refused, UNTOLD } from './sentences.js';
import { stateOf } from './state.js';
import { writeTimeline } from './timeline.js';

const role = new URLSearchParams(location.search).get('role') === 'b' ? 'b' : 'a';
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
const ledger = new Ledger();
const open = opening(role === 'a' ? clientA : clientB, configurationBox());
const talk = conversation({
  send: (text) => {
    if (channel?.readyState !== 'open') throw new Error('The channel is not open any more: connect again, then send.');
    channel.send(text);
  },
});

/** A connection to whomever, in the place of the last one, which ends. */
async function connect() {
  const last = connection;
  await open.afresh();
  last?.close();
  partner = 'peer';
  endRepair();
  meeting = undefined;
  tell('');
  follow();
}

/** The page follows a connection by its events only; the `on…` handlers belong to the two clients. */
function follow() {
  watching.abort();
  watching = new AbortController();
  const { signal } = watching;
  const fresh = role === 'a' ? window.localConnection : window.remoteConnection;
  connection = fresh;
  channel = undefined;
  local.value = '';
  writeTimeline(element('timeline', HTMLElement), fresh, signal);
  const { received } = ledger;
  const show = () => showDescription(fresh, { rendezvous, received });
  for (const event of ['icecandidate', 'icegatheringstatechange']) fresh.addEventListener(event, show, { signal });
  show();
  fresh.addEventListener('connectionstatechange', update, { signal });
  fresh.addEventListener('datachannel', (event) => followChannel(event.channel), { signal });
  if (role === 'a') followChannel(window.sendChannel);
  update();
  return fresh;
}

function followChannel(/** @type {RTCDataChannel} */ fresh) {
  const { signal } = watching;
  channel = fresh;
  ledger.follow(fresh, signal);
  for (const event of ['open', 'closing', 'close']) fresh.addEventListener(event, update, { signal });
  fresh.addEventListener('open', goOn, { signal });
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
  const state = stateOf(connection, channel, repair !== undefined);
  showState(state);
  talk.enable(state === 'connected');
  printRestart.disabled = !repair || state === 'closed';
  // A connection that was given up may still come to be, when its other side begins late.
  if (state === 'connected') showError('');
  if (connection?.connectionState === 'failed' && !repair) showError(NO_WAY[role]);
  if (state === 'closed') endRepair();
}

/** The channel is open, perhaps in the place of another one. */
function goOn() {
  const other = partner === 'server' ? 'the Java peer' : role === 'a' ? 'client B' : 'client A';
  const told = ledger.goOn() || (repair ? UNTOLD : '');
  if (told) talk.add({ from: 'page', name: '', text: told });
  repair ??= new Repair(/** @type {RTCPeerConnection} */ (connection), {
    other,
    offers: role === 'a',
    meeting,
    open: () => {
      open.again();
      return follow();
    },
    // Whose certificate was carried by hand, over whatever connection.
    hears: (description) => (partner === 'server' || ledger.isWith(description.sdp)) && ledger.hears(description),
    received: () => ledger.received,
    tell,
  });
  update();
}

function endRepair() {
  repair?.stop();
  repair = undefined;
}

const tell = (/** @type {string} */ sentence) => element('repair', HTMLElement).replaceChildren(sentence);

async function createOffer() {
  rendezvous = element('meet', HTMLInputElement).checked ? newRendezvous() : undefined;
  await connect();
  await clientA.offer();
}

async function acceptAnswer() {
  if (!connection) throw new Error('There is no offer to be answered yet: press “Create the offer” first.');
  const answer = readDescription(remote.value, 'answer', connection);
  if (connection.signalingState !== 'have-local-offer') {
    throw new Error('This offer has its answer already: press “Create the offer” to begin anew.');
  }
  if (rendezvous && answer.rendezvous?.id === rendezvous.id) meetAt(rendezvous);
  if (!connection.remoteDescription) ledger.hears(answer);
  await clientA.accept(answer).catch(refused);
}

async function acceptOffer() {
  const offer = readDescription(remote.value, 'offer', connection);
  if (repair?.isPast(offer.sdp)) throw new Error(GIVEN_UP);
  if (!repair || !isRestart(offer.sdp, connection)) {
    const isKnown = repair && ledger.isWith(offer.sdp) && offer.rendezvous?.id === rendezvous?.id;
    ledger.hears(offer);
    if (isKnown) repair?.renew();
    else {
      rendezvous = offer.rendezvous && { id: offer.rendezvous.id };
      await connect();
      if (offer.rendezvous?.secret) meetAt(offer.rendezvous);
    }
  }
  await clientB.accept(offer).catch(refused);
  await clientB.answer();
}

function meetAt(/** @type {import('./rendezvous.js').Rendezvous} */ place) {
  meeting = (meet) => new Meeting({ rendezvous: place, role, ...meet });
}

async function askTheServer() {
  if (connection?.signalingState !== 'have-local-offer') await createOffer();
  const asked = /** @type {RTCPeerConnection} */ (connection);
  const { answer, address } = await askServer(asked);
  if (asked !== connection) return;
  partner = 'server';
  meeting = (meet) => new ServerMeeting(address, sessionOf(asked.localDescription?.sdp), meet);
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
