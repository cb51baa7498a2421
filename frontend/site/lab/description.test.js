import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRestart, readDescription } from './description.js';

const SDP = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 0.0.0.0',
  'a=candidate:1 1 udp 2113937151 192.0.2.7 54321 typ host',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:0123456789abcdefghijklmn',
  'a=fingerprint:sha-256 00:11:22',
  'a=setup:actpass',
  'a=mid:0',
  '',
].join('\r\n');
const OFFER = JSON.stringify({ type: 'offer', sdp: SDP });
const ANSWER = JSON.stringify({ type: 'answer', sdp: SDP.replace('abcd', 'efgh') });

/** @param {(sdp: string) => string} change */
const answerWith = (change) => JSON.stringify({ type: 'answer', sdp: change(SDP) });
/** @param {string} prefix */
const without = (prefix) => answerWith((sdp) => sdp.replace(new RegExp(`^${prefix}.*\r\n`, 'm'), ''));

test('an unharmed description is read, whatever white space surrounds it', () => {
  assert.deepEqual(readDescription(`\n  ${OFFER} \r\n`, 'offer'), { type: 'offer', sdp: SDP });
  assert.equal(readDescription(JSON.stringify(JSON.parse(ANSWER), null, 2), 'answer').type, 'answer');
});

for (const [damage, text, sentence] of /** @type {[string, string, RegExp][]} */ ([
  ['nothing', ' \n', /empty/],
  ['the end missing', ANSWER.slice(0, 120), /end is cut off after 120 characters/],
  ['the beginning missing', ANSWER.slice(10), /beginning is cut off/],
  ['the beginning missing, before the sdp', ANSWER.slice(60), /beginning is cut off/],
  ['quotes of a console around it', `'${ANSWER}'`, /other text stands before it/],
  ['wrapped lines', ANSWER.replace(/.{76}/g, '$&\n'), /wrapped into several lines \(the first ends after 76 /],
  ['wrapped lines of Windows', ANSWER.replace(/.{72}/g, '$&\r\n'), /wrapped into several lines/],
  ['curly quotes', ANSWER.replace(/"/g, '”'), /curly ones \(”\)/],
  ['German quotes', ANSWER.replace(/"/g, '„'), /curly ones \(„\)/],
  ['the SDP alone', SDP, /SDP alone/],
  ['something else', 'hello', /begins with “hello”/],
  ['JSON that is broken inside', ANSWER.replace(':', ''), /no longer JSON/],
  ['other JSON', '[1, 2]', /its "type" is missing/],
  ['null', 'null', /its "type" is missing/],
  ['no sdp', '{"type":"answer"}', /its "sdp" is missing/],
  ['an unknown type', '{"type":"rollback","sdp":""}', /"type" is "rollback"/],
  ['an SDP without its beginning', answerWith((sdp) => sdp.slice(9)), /beginning of its SDP is cut off/],
  ['an SDP without its end', answerWith((sdp) => sdp.slice(0, -5)), /end of its SDP is cut off/],
  ['an SDP with a line broken in two', answerWith((sdp) => sdp.replace('IN IP4', 'IN\r\nIP4')), /Line 3 of its SDP/],
  ['no data channel', without('m='), /no data channel/],
  ['no fingerprint', without('a=fingerprint'), /a=fingerprint line/],
  ['no password', without('a=ice-pwd'), /a=ice-pwd line/],
  ['no candidates', without('a=candidate'), /has no candidates/],
])) {
  test(`${damage}: named, with what to do`, () => {
    assert.throws(() => readDescription(text, 'answer'), { message: sentence });
    assert.throws(() => readDescription(text, 'answer'), { message: /copy|send/i });
  });
}

test('an offer is not taken for an answer, nor an answer for an offer', () => {
  assert.throws(() => readDescription(OFFER, 'answer'), { message: /This is an offer, and client A takes an answer/ });
  assert.throws(() => readDescription(ANSWER, 'offer'), { message: /This is an answer, and client B takes an offer/ });
});

test('a description that comes back to the page that made it is recognized', () => {
  const own = connectionWith(OFFER);
  assert.throws(() => readDescription(OFFER, 'answer', own), { message: /the offer of this very page/ });
  assert.equal(readDescription(ANSWER, 'answer', own).type, 'answer');
});

test('a rendezvous beside it is read, is missed by nobody, and is refused when it is damaged', () => {
  const rendezvous = { id: 'ab'.repeat(16), secret: '01'.repeat(32) };
  const beside = (/** @type {unknown} */ value) => JSON.stringify({ ...JSON.parse(OFFER), rendezvous: value });
  assert.deepEqual(readDescription(beside(rendezvous), 'offer').rendezvous, rendezvous);
  assert.deepEqual(readDescription(beside({ id: rendezvous.id }), 'offer').rendezvous, { id: rendezvous.id });
  assert.equal(readDescription(OFFER, 'offer').rendezvous, undefined);
  for (const damaged of [null, 7, {}, { id: 'ab' }, { id: 'g'.repeat(32) }, { ...rendezvous, secret: '01' }]) {
    assert.throws(() => readDescription(beside(damaged), 'offer'), { message: /"rendezvous" was damaged.*Copy all/ });
  }
});

test('what restarts ICE is told from what begins anew, and from what belongs to somebody else', () => {
  const known = connectionWith(OFFER, OFFER);
  const restart = SDP.replace('abcd', 'wxyz');
  assert.equal(isRestart(restart, known), true);
  assert.equal(isRestart(SDP, known), false);
  assert.equal(isRestart(restart.replace('o=- 1', 'o=- 9'), known), false);
  assert.equal(isRestart(restart.replace('00:11', '00:12'), known), false);
  assert.equal(isRestart(restart, connectionWith(OFFER)), false);
  assert.equal(isRestart(restart, undefined), false);

  const repaired = connectionWith(OFFER, ANSWER);
  const again = ANSWER.replace('efgh', 'wxyz');
  assert.equal(readDescription(again, 'answer', repaired).type, 'answer');
  assert.throws(() => readDescription(again.replace('o=- 1', 'o=- 9'), 'answer', repaired), {
    message: /another connection/,
  });
});

/**
 * @param {string} local
 * @param {string} [remote]
 */
function connectionWith(local, remote = 'null') {
  return /** @type {RTCPeerConnection} */ ({
    localDescription: JSON.parse(local),
    remoteDescription: JSON.parse(remote),
  });
}
