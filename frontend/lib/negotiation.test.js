import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Negotiation } from './negotiation.js';
import { next, until } from './testing/await.js';
import { FakePeerConnection, fakeOf } from './testing/fake-rtc.js';
import { pairIn, withServer } from './testing/rooms.js';

/** @typedef {import('./errors.js').PeerhostError} PeerhostError */
/** @typedef {import('./signaling.js').Message} Message */

/**
 * A fake connection with its negotiation, which signals to nobody yet.
 *
 * @param {boolean} polite
 */
function side(polite) {
  const connection = new FakePeerConnection();
  /** @type {Message[]} */
  const sent = [];
  /** @type {PeerhostError[]} */
  const failures = [];
  const negotiation = new Negotiation(/** @type {any} */ (connection), {
    polite: () => polite,
    offers: true,
    send: (type, body) => sent.push({ type, ...body }),
    failed: (error) => failures.push(error),
  });
  return { connection, negotiation, sent, failures };
}

/** @param {Message[]} sent */
const types = (sent) => sent.map(({ type }) => type).filter((type) => type !== 'candidate');

test('both offer at once: the impolite one wins, and they connect', async () => {
  const [polite, impolite] = [side(true), side(false)];
  polite.connection.createDataChannel('x');
  impolite.connection.createDataChannel('x');
  await until(() => polite.sent.length === 4 && impolite.sent.length === 4);
  for (const message of impolite.sent.splice(0)) {
    polite.negotiation.receive(message);
  }
  for (const message of polite.sent.splice(0)) {
    impolite.negotiation.receive(message);
  }
  await until(() => types(polite.sent).includes('answer'));
  for (const message of polite.sent) {
    impolite.negotiation.receive(message);
  }
  await until(() => impolite.connection.connectionState === 'connected');
  assert.deepEqual(types(impolite.sent), []);
  assert.deepEqual([...polite.failures, ...impolite.failures], []);
  polite.connection.close();
  impolite.connection.close();
});

test('the first offer does not wait until the browser says that one is needed', async () => {
  const { connection, negotiation, sent } = side(true);
  connection.negotiate = () => {};
  connection.createDataChannel('x');
  negotiation.begin();
  await until(() => sent.length === 4);
  assert.deepEqual(types(sent), ['offer']);
  connection.close();
});

test('candidates before their description wait for it, in their order', async () => {
  const { connection, negotiation, failures } = side(true);
  for (const candidate of ['one', 'two']) {
    negotiation.receive({ type: 'candidate', candidate: { candidate } });
  }
  negotiation.receive({ type: 'candidate', candidate: null });
  negotiation.receive({ type: 'offer', sdp: 'v=0 nobody' });
  negotiation.receive({ type: 'candidate', candidate: { candidate: 'three' } });
  await until(() => connection.candidates.length === 4);
  assert.deepEqual(connection.candidates, ['one', 'two', null, 'three']);
  assert.deepEqual(failures, []);
  connection.close();
});

/** @param {{ connection: FakePeerConnection, negotiation: Negotiation, sent: Message[] }} side whose next offer is answered */
async function answered({ connection, negotiation, sent }, count = 1) {
  await until(() => types(sent).length === count && connection.signalingState === 'have-local-offer');
  negotiation.receive({ type: 'answer', sdp: 'v=0 nobody' });
  await until(() => connection.signalingState === 'stable');
}

/** @param {FakePeerConnection} connection whose ICE the application restarts, past the library */
function restartPast(connection) {
  connection.restartIce();
  connection.negotiate();
}

test('a restart of ICE within a second of another one waits for it, if the application asked past us', async () => {
  const ours = side(true);
  ours.connection.createDataChannel('x');
  await answered(ours);
  ours.negotiation.restartIce();
  await answered(ours, 2);
  const start = performance.now();
  restartPast(ours.connection);
  await answered(ours, 3);
  assert.ok(performance.now() - start > 900);
  ours.connection.close();
});

test('and is left out if we were asked: no offer that is on its way is taken back', async () => {
  const ours = side(true);
  ours.connection.createDataChannel('x');
  await answered(ours);
  restartPast(ours.connection);
  await until(() => types(ours.sent).length === 2);
  ours.negotiation.restartIce();
  await answered(ours, 2);
  assert.deepEqual([types(ours.sent), ours.failures], [['offer', 'offer'], []]);
  ours.connection.close();
});

test('too many signals at once are refused', async () => {
  const { connection, negotiation } = side(true);
  const taken = Array.from({ length: 1_030 }, () => negotiation.receive({ type: 'candidate', candidate: null }));
  assert.equal(taken.filter(Boolean).length, 1_024);
  await until(() => negotiation.receive({ type: 'candidate', candidate: null }));
  connection.close();
});

test('a closed connection takes no notice', async () => {
  const { connection, negotiation, sent, failures } = side(true);
  negotiation.receive({ type: 'offer', sdp: 'v=0 nobody' });
  connection.close();
  negotiation.receive({ type: 'offer', sdp: 'nonsense' });
  await until(() => negotiation.receive({ type: 'candidate', candidate: null }));
  assert.deepEqual(types(sent), []);
  assert.deepEqual(failures, []);
});

test(
  'a bad candidate or description is an event of the peer, and the connection comes to stand',
  withServer(async ({ join }) => {
    const { toNewcomer } = await pairIn(join);
    /** @type {string[]} */
    const codes = [];
    toNewcomer.addEventListener('error', ({ error }) => codes.push(error.code));
    await until(() => toNewcomer.state === 'connected');
    toNewcomer.path.deliver({ type: 'candidate', candidate: { candidate: 'bad' } });
    toNewcomer.path.deliver({ type: 'offer', sdp: 'nonsense' });
    toNewcomer.path.deliver({ type: 'answer', sdp: 'v=0 late' });
    toNewcomer.path.deliver({ type: 'candidate', candidate: { candidate: 'good' } });
    await until(() => fakeOf(toNewcomer).candidates.includes('good'));
    assert.deepEqual(codes, ['BAD_CANDIDATE', 'BAD_DESCRIPTION', 'BAD_DESCRIPTION']);
    assert.equal(toNewcomer.state, 'connected');
  }),
);

test(
  'later changes are negotiated from either side',
  withServer(async ({ join, server }) => {
    const { toNewcomer, toPresent, present } = await pairIn(join);
    await until(() => toNewcomer.state === 'connected' && toPresent.state === 'connected');
    fakeOf(toNewcomer).negotiate();
    const answered = () =>
      server.sent.some(({ destination, body }) => destination.endsWith('/answer') && body.to === present.self);
    await until(answered);
    await until(() => fakeOf(toNewcomer).signalingState === 'stable');
  }),
);

test(
  'a peer that floods is closed',
  withServer(async ({ join }) => {
    const { toNewcomer } = await pairIn(join);
    const failed = next(toNewcomer, 'error');
    for (let i = 0; i < 1_100; i++) {
      toNewcomer.path.deliver({ type: 'candidate', candidate: null });
    }
    assert.equal((await failed).error.code, 'TOO_MANY_SIGNALS');
    assert.equal(toNewcomer.state, 'closed');
  }),
);
