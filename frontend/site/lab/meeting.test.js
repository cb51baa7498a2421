import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Signaling } from '../../lib/signaling.js';
import { until } from '../../lib/testing/await.js';
import { SignalingServer } from '../../lib/testing/signaling-server.js';
import { Meeting } from './meeting.js';
import { newRendezvous, Seal } from './rendezvous.js';

/** @typedef {import('/__/peerhost/signaling.js').Message} Message */

/**
 * @param {string} url
 * @param {import('./rendezvous.js').Rendezvous} rendezvous
 * @param {import('./rendezvous.js').Role} role
 */
function page(url, rendezvous, role) {
  /** @type {boolean[]} */
  const seen = [];
  /** @type {Message[]} */
  const messages = [];
  /** @type {Meeting} */
  const meeting = new Meeting({
    url,
    rendezvous,
    role,
    changed: () => seen.push(meeting.met),
    received: (message) => messages.push(message),
  });
  return { meeting, seen, messages };
}

/** @param {(url: string, server: SignalingServer) => Promise<void>} run */
const withServer = (run) => async () => {
  const server = new SignalingServer();
  try {
    await run(await server.listen(), server);
  } finally {
    await server.close();
  }
};

test(
  'two pages meet, whoever comes first, hear each other, and notice that the other one goes',
  withServer(async (url) => {
    const rendezvous = newRendezvous();
    const [a, b] = [page(url, rendezvous, 'a'), page(url, rendezvous, 'b')];
    a.meeting.open();
    a.meeting.send({ type: 'offer', sdp: 'to nobody' });
    b.meeting.open();
    await until(() => a.meeting.met && b.meeting.met);
    a.meeting.send({ type: 'offer', sdp: 'one' });
    b.meeting.send({ type: 'answer', sdp: 'two' });
    await until(() => a.messages.length === 1 && b.messages.length === 1);
    assert.deepEqual([a.messages, b.messages], [[{ type: 'answer', sdp: 'two' }], [{ type: 'offer', sdp: 'one' }]]);
    b.meeting.close();
    await until(() => !a.meeting.met);
    b.meeting.open();
    await until(() => a.meeting.met && b.meeting.met);
    assert.deepEqual(a.seen, [true, false, true]);
    for (const { meeting } of [a, b]) meeting.close();
  }),
);

test(
  'a server that is lost and found leads them together again',
  withServer(async (url, server) => {
    const rendezvous = newRendezvous();
    const pages = [page(url, rendezvous, 'a'), page(url, rendezvous, 'b')];
    for (const { meeting } of pages) meeting.open();
    await until(() => pages.every(({ meeting }) => meeting.met));
    for (const cut of [() => server.tear(), () => server.drop()]) {
      cut();
      await until(() => pages.some(({ meeting }) => !meeting.met));
      await until(() => pages.every(({ meeting }) => meeting.met));
    }
    pages[0].meeting.send({ type: 'offer', sdp: 'after all' });
    await until(() => pages[1].messages.length === 1);
    for (const { meeting } of pages) meeting.close();
  }),
);

test(
  'who is in the room without the secret is nobody, whatever is said',
  withServer(async (url, server) => {
    const rendezvous = newRendezvous();
    const { id, secret = '' } = rendezvous;
    const a = page(url, rendezvous, 'a');
    a.meeting.open();
    const address = `/app/rooms/${new Seal(secret, 'b').room(id)}`;
    /** @type {string[]} */
    let present = [];
    /** @type {string[]} */
    const overheard = [];
    const intruder = new Signaling(url, {
      welcome: () => intruder.send(`${address}/join`, {}),
      message: ({ type, peers, sdp }) => {
        present = type === 'roster' ? peers.map((/** @type {{ id: string }} */ { id }) => id) : present;
        if (type === 'offer') overheard.push(sdp);
      },
      lost: () => {},
    });
    await until(() => server.sent.some(({ destination }) => destination.endsWith('/join')));
    intruder.connect();
    await until(() => present.length === 1 && overheard.length > 0);
    // A word of its own, one under another secret, and what it has heard.
    for (const sdp of [
      '{"type":"here"}',
      new Seal(newRendezvous().secret, 'b').close({ type: 'here' }),
      overheard[0],
    ]) {
      intruder.send(`${address}/offer`, { to: present[0], sdp });
    }
    const b = page(url, rendezvous, 'b');
    b.meeting.open();
    await until(() => a.meeting.met && b.meeting.met);
    assert.deepEqual([a.seen, a.messages], [[true], []]);
    intruder.close();
    for (const { meeting } of [a, b]) meeting.close();
  }),
);
