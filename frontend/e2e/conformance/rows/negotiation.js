import { equal, event, Inbox, opened } from '../await.js';
import { Seat } from '../seat.js';

/** @typedef {import('../rows.js').Row} Row */
/** @typedef {import('../visit.js').Visit} Visit */

/**
 * @param {EventTarget & { [state: string]: any }} target
 * @param {string} state
 * @returns {string[]} the values it takes from now on
 */
function states(target, state) {
  const seen = [target[state]];
  target.addEventListener(`${state.toLowerCase()}change`, () => seen.push(target[state]));
  return seen;
}

/**
 * @param {Visit} visit
 * @param {RTCDataChannel} channel to the recording handler, with echo
 */
async function assertEcho(visit, channel) {
  const inbox = new Inbox(channel);
  channel.send('still here');
  equal('the echo', (await inbox.until(1)).at(-1), 'still here');
  equal('channels at the Java peer', (await visit.shown({ events: 2 })).length, 1);
}

/**
 * @param {string} step
 * @param {string} java
 * @param {unknown} candidate
 * @param {boolean} refused
 * @returns {Row}
 */
const candidate = (step, java, candidate, refused) => ({
  step,
  java,
  async run(visit) {
    const channel = visit.channel('echo');
    const seat = await Seat.connect(visit);
    seat.send('candidate', { candidate });
    if (refused) {
      const { code, message, destination } = await seat.next('rejected');
      equal('the refusal', [code, /\.$/.test(message)], ['BAD_BODY', true]);
      equal('of what', destination, `/app/rooms/${visit.id}/candidate`);
    }
    await assertEcho(visit, channel);
    equal('refusals', seat.signals.filter(({ type }) => type === 'rejected').length, refused ? 1 : 0);
  },
});

/** @param {string} line */
const init = (line) => ({ candidate: line, sdpMid: '0', sdpMLineIndex: 0 });

/** @type {Row[]} */
export const negotiation = [
  {
    step: 'posts its offer with all candidates',
    java: 'an answer with candidates, none of them TCP, and the channel open',
    async run(visit) {
      const channel = visit.channel('echo');
      const answer = await visit.post(await visit.gather());
      equal(
        'the answer',
        [answer.type, / typ host/.test(answer.sdp), / tcp /i.test(answer.sdp)],
        ['answer', true, false],
      );
      await visit.pc.setRemoteDescription(answer);
      await opened(channel);
      await assertEcho(visit, channel);
    },
  },
  {
    step: 'posts its offer without a candidate',
    java: 'the same: its own checks tell where it is',
    async run(visit) {
      const channel = visit.channel('echo');
      await visit.connect((sdp) => sdp.replace(/^a=candidate:.*\r\n/gm, ''));
      await assertEcho(visit, channel);
    },
  },
  {
    step: 'watches every state from new to closed',
    java: 'CONNECTING, CONNECTED and then no connection; open and close, each once',
    async run(visit) {
      const { pc } = visit;
      const seen = ['connectionState', 'iceConnectionState', 'signalingState'].map((state) => states(pc, state));
      const channel = visit.channel();
      const ready = [channel.readyState];
      for (const type of ['open', 'close']) {
        channel.addEventListener(type, () => ready.push(channel.readyState));
      }
      await visit.connect();
      await event(pc, 'connectionstatechange', () => pc.connectionState === 'connected');
      await visit.calls({ events: 1 });
      const { states: before, listed } = await visit.outside();
      equal('the Java peer', [before, listed?.state], [['CONNECTING', 'CONNECTED'], 'CONNECTED']);
      equal(
        'its channel',
        listed?.channels.map(({ state }) => state),
        ['open'],
      );
      channel.close();
      await event(channel, 'close', () => channel.readyState === 'closed');
      visit.pc.close();
      equal('connectionState', [...seen[0], pc.connectionState], ['new', 'connecting', 'connected', 'closed']);
      equal(
        'iceConnectionState',
        [seen[1].slice(0, 3), pc.iceConnectionState],
        [['new', 'checking', 'connected'], 'closed'],
      );
      equal('signalingState', [...seen[2], pc.signalingState], ['stable', 'have-local-offer', 'stable', 'closed']);
      equal('readyState', ready, ['connecting', 'open', 'closed']);
      equal('the Java peer', await visit.kinds({ closed: 1 }), ['open', 'close']);
      const after = await visit.outside('gone');
      // It says CLOSED when it notices the end of DTLS before it has given up a connection without channels.
      equal('its states', after.states.slice(0, 2), before);
      equal('the last', [after.states.slice(2).filter((state) => state !== 'CLOSED'), after.listed], [[], null]);
    },
  },
  {
    step: 'offers with a microphone',
    java: 'a refusal with a sentence, and the next offer answered',
    async run(visit) {
      visit.pc.addTransceiver('audio');
      visit.channel();
      await visit.pc.setLocalDescription();
      const response = await visit.offer(visit.pc.localDescription?.sdp ?? '');
      equal('the refusal', [response.status, /m=application/.test((await response.json()).message)], [400, true]);
      const { Visit } = await import('../visit.js');
      const next = new Visit();
      try {
        equal('the next connection', (await next.sends((channel) => channel.send('x'), 1)).length, 1);
      } finally {
        next.close();
      }
    },
  },
  {
    step: 'takes its offer back and offers anew',
    java: 'one channel, of the second offer',
    async run(visit) {
      visit.channel();
      await visit.pc.setLocalDescription();
      await visit.pc.setLocalDescription({ type: 'rollback' });
      await visit.pc.setLocalDescription();
      if (!/^m=application/m.test(visit.pc.localDescription?.sdp ?? '')) {
        return 'after a rollback, an offer of this browser has no m=application line';
      }
      await visit.connect();
      equal('channels at the Java peer', (await visit.shown({ events: 1 })).length, 1);
    },
  },
  {
    step: 'offers in a room and takes candidates one by one',
    java: 'the answer, then its candidates, then their end; room and channel as named',
    async run(visit) {
      visit.channel();
      const seat = await Seat.connect(visit);
      await event(seat, 'signal', () => seat.signals.at(-1)?.candidate === null);
      const types = seat.signals.map(({ type }) => type);
      equal('the first two signals', types.slice(0, 2), ['roster', 'answer']);
      equal('the rest', [...new Set(types.slice(2))], ['candidate']);
      equal('where the end stands', seat.signals.filter((signal) => signal.candidate === null).length, 1);
      equal('the room', (await visit.shown({ events: 1 }))[0].room, visit.id);
      seat.assertNothingRefused();
    },
  },
  {
    step: 'sends its candidates before its offer',
    java: 'no refusal, and the channel open',
    async run(visit) {
      const channel = visit.channel('echo');
      const seat = await Seat.take(visit);
      visit.pc.addEventListener('icecandidate', ({ candidate }) =>
        seat.send('candidate', { candidate: candidate?.toJSON() ?? null }),
      );
      await visit.gather();
      seat.send('offer', { sdp: visit.pc.localDescription?.sdp.replace(/^a=candidate:.*\r\n/gm, '') });
      await seat.apply((await seat.next('answer')).sdp);
      await opened(channel);
      await assertEcho(visit, channel);
      seat.assertNothingRefused();
    },
  },
  {
    step: 'sends its candidates after its offer',
    java: 'no refusal, and the channel open',
    async run(visit) {
      const channel = visit.channel('echo');
      const seat = await Seat.take(visit);
      /** @type {(RTCIceCandidateInit | null)[]} */
      const own = [];
      visit.pc.addEventListener('icecandidate', ({ candidate }) => own.push(candidate?.toJSON() ?? null));
      await seat.negotiate();
      await event(visit.pc, 'icegatheringstatechange', () => visit.pc.iceGatheringState === 'complete');
      for (const candidate of own) {
        seat.send('candidate', { candidate });
      }
      await opened(channel);
      await assertEcho(visit, channel);
      seat.assertNothingRefused();
    },
  },
  candidate('sends a candidate that is none', 'a refusal to it, and the channel lives', init('rubbish'), true),
  candidate(
    'sends a candidate cut in the middle',
    'a refusal to it, and the channel lives',
    init('candidate:1 1 ud'),
    true,
  ),
  candidate('sends the end of candidates', 'no refusal, and the channel lives', null, false),
  candidate(
    'sends a candidate that names a host, of another m-line',
    'no refusal and no look-up, and the channel lives',
    { candidate: 'candidate:1 1 udp 2122260223 example.invalid 9 typ host', sdpMid: '9', sdpMLineIndex: 9 },
    false,
  ),
  candidate(
    'sends a TCP candidate',
    'no refusal and no connection, and the channel lives',
    init('candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host tcptype passive'),
    false,
  ),
  {
    step: 'offers anew on the same connection, twice',
    java: 'the same channel, with all messages before, between and after',
    async run(visit) {
      const channel = visit.channel('echo');
      const inbox = new Inbox(channel);
      const seat = await Seat.connect(visit);
      channel.send('1');
      for (const number of ['2', '3']) {
        await seat.negotiate({}, () => channel.send(number));
      }
      const sent = ['1', '2', '2', '2', '2', '3', '3', '3', '3'];
      equal('the echo', await inbox.until(sent.length), sent);
      const shown = await visit.shown({ events: 1 + sent.length });
      equal(
        'the Java peer',
        shown.map(({ calls }) => calls.map(({ text }) => text)),
        [sent],
      );
    },
  },
  {
    step: 'sends a broken offer while it is connected',
    java: 'a refusal to it, and the channel lives',
    async run(visit) {
      const channel = visit.channel('echo');
      const seat = await Seat.connect(visit);
      const sdp = visit.pc.localDescription?.sdp ?? '';
      for (const broken of [
        'v=0\r\n',
        sdp.replace(/^a=setup:.*$/m, 'a=setup:nonsense'),
        sdp.replace(/^a=fingerprint:.*$/m, 'a=fingerprint:sha-256 00'),
        sdp.replace(/^a=ice-pwd:.*$/m, 'a=ice-pwd:short'),
      ]) {
        seat.send('offer', { sdp: broken });
        equal('the refusal', (await seat.next('rejected')).code, 'BAD_BODY');
      }
      await assertEcho(visit, channel);
    },
  },
  {
    step: 'sends an answer to the server, which only answers',
    java: 'a refusal to it, and the channel lives',
    async run(visit) {
      const channel = visit.channel('echo');
      const seat = await Seat.connect(visit);
      seat.send('answer', { sdp: visit.pc.localDescription?.sdp });
      equal('the refusal', (await seat.next('rejected')).code, 'BAD_BODY');
      await assertEcho(visit, channel);
    },
  },
  {
    step: 'connects anew from the same seat, with another RTCPeerConnection',
    java: 'a close of the old channel, then the open of the new',
    async run(visit) {
      visit.channel();
      const seat = await Seat.connect(visit);
      await visit.calls({ events: 1 });
      visit.pc.close();
      await visit.calls({ closed: 1 });
      visit.pc = new RTCPeerConnection();
      const fresh = visit.channel('echo');
      await seat.negotiate();
      await opened(fresh);
      equal(
        'the Java peer',
        (await visit.calls({ events: 3 })).map(({ channel, kind }) => `${channel} ${kind}`),
        ['0 open', '0 close', '1 open'],
      );
    },
  },
  {
    step: 'leaves the room with its channel open',
    java: 'a close of the channel',
    async run(visit) {
      const channel = visit.channel();
      const seat = await Seat.connect(visit);
      // A browser's channel is open before the other side knows of it.
      await visit.calls({ events: 1 });
      seat.send('leave', {});
      await event(channel, 'close', () => channel.readyState === 'closed');
      equal('the Java peer', await visit.kinds({ closed: 1 }), ['open', 'close']);
    },
  },
];
