import { readRendezvous } from './rendezvous.js';

/** @typedef {'offer' | 'answer'} Kind */

/** What an SDP for a data channel cannot do without (RFC 8866, 8839, 8122, 8841), and what to call it. */
const NEEDED = /** @type {const} */ ([
  [/^o=/m, 'o= line (the session)'],
  [/^a=ice-ufrag:/m, 'a=ice-ufrag line (the name for connectivity checks)'],
  [/^a=ice-pwd:/m, 'a=ice-pwd line (the password for connectivity checks)'],
  [/^a=fingerprint:/m, 'a=fingerprint line (the hash of the certificate)'],
  [/^a=setup:/m, 'a=setup line (which side begins DTLS)'],
]);

/**
 * Reads a description that somebody copied from the other page, and names the damage if the way here did any.
 * Nothing is repaired in silence: whether a line break took the place of a space cannot be seen afterwards.
 *
 * @param {string} text
 * @param {Kind} wanted what this side needs now
 * @param {Pick<RTCPeerConnection, 'localDescription' | 'remoteDescription'>} [connection] this side's, to notice its own
 *   description when it comes back, and the answer of somebody else
 * @returns {RTCSessionDescriptionInit & { sdp: string, received?: unknown, rendezvous?: import('./rendezvous.js').Rendezvous }}
 * @throws {Error} with a sentence that names the damage and the remedy
 */
export function readDescription(text, wanted, connection) {
  const trimmed = text.trim();
  const other = wanted === 'offer' ? 'client A’s page' : 'client B’s page';
  if (trimmed === '') throw new Error(`The box is empty: copy the ${wanted} from ${other} and paste it here.`);
  /** @type {unknown} */
  let value;
  try {
    value = JSON.parse(trimmed);
  } catch {
    throw new Error(`${damage(trimmed, wanted)} Copy the whole ${wanted} again from ${other}.`);
  }
  const { type, sdp, received, rendezvous } = fields(value, wanted, other);
  const own = connection?.localDescription;
  if (own && ufrag(sdp) !== '' && ufrag(sdp) === ufrag(own.sdp)) {
    throw new Error(
      `This is the ${own.type} of this very page: carry it to the other page, and paste its ${wanted} here.`,
    );
  }
  if (type !== wanted) throw new Error(wrongKind(type, wanted));
  checkSdp(sdp, wanted, other);
  const known = connection?.remoteDescription;
  if (wanted === 'answer' && known && !isSameEnd(sdp, known)) {
    throw new Error(
      `This answer is of another connection than the one that is repaired, since client B was opened anew: press “Create the offer” to begin anew.`,
    );
  }
  return {
    type: wanted,
    sdp,
    ...(received !== undefined && { received }),
    ...(rendezvous !== undefined && { rendezvous: readRendezvous(rendezvous, other) }),
  };
}

/**
 * @param {string} sdp
 * @param {RTCPeerConnection | undefined} connection
 * @returns {boolean} whether it restarts ICE at the other end of the connection (RFC 8839 section 4.4.1.1.1)
 */
export function isRestart(sdp, connection) {
  const known = connection?.remoteDescription;
  return Boolean(known) && isSameEnd(sdp, known) && ufrag(sdp) !== ufrag(known?.sdp ?? '');
}

/**
 * @param {string} sdp
 * @param {{ sdp: string } | null | undefined} known
 * @returns {boolean} whether both are of one RTCPeerConnection: of one session (RFC 9429 section 5.2.1), with one certificate
 */
export function isSameEnd(sdp, known) {
  // Browsers give a description back in another order, and with another user name.
  const [one, other] = [sdp, known?.sdp ?? ''].map((text) => `${sessionOf(text)} ${certificateOf(text)}`);
  return one === other;
}

/** @param {string} [sdp] @returns {string} what no other RTCPeerConnection has (RFC 9429 section 5.2.1) */
export const sessionOf = (sdp = '') => /^o=\S+ (\d+) /m.exec(sdp)?.[1] ?? '';

/** @param {string} [sdp] @returns {string} the fingerprint of its certificate, which one page has for all its connections */
export const certificateOf = (sdp = '') => /^a=fingerprint:(.*)$/m.exec(sdp)?.[1].trim() ?? '';

/**
 * Why a text is not JSON.
 *
 * @param {string} text
 * @param {Kind} wanted
 */
function damage(text, wanted) {
  const curly = text.match(/[\u2018-\u201f\u00ab\u00bb]/u);
  if (curly) {
    return `The straight quotation marks (") became curly ones (${curly[0]}), as word processors and mail programs do: send it as plain text or as a file.`;
  }
  if (text.startsWith('v=0')) {
    return `This is the SDP alone; the ${wanted} is the whole text in braces, {"type":"${wanted}","sdp":"v=0…"}.`;
  }
  if (!text.startsWith('{') && !text.includes('"sdp"') && !text.endsWith('}')) {
    return `This is no ${wanted}: it begins with “${text.slice(0, 12)}” instead of {"type":"${wanted}".`;
  }
  if (!text.startsWith('{')) {
    return `The beginning is cut off, or other text stands before it: the ${wanted} begins with { and this with “${text.slice(0, 12)}”.`;
  }
  if (!text.endsWith('}')) {
    return `The end is cut off after ${text.length} characters, or other text follows: the ${wanted} ends with }.`;
  }
  const lineBreak = text.search(/[\r\n]/);
  if (lineBreak >= 0) {
    return `The text was wrapped into several lines (the first ends after ${lineBreak} characters), as mail programs do: send it as a file or in a code block.`;
  }
  return `Something inside the text is missing or was changed: it is no longer JSON.`;
}

/**
 * @param {unknown} value
 * @param {Kind} wanted
 * @param {string} other
 */
function fields(value, wanted, other) {
  const { type, sdp, received, rendezvous } = /** @type {Record<string, unknown>} */ (Object(value));
  if (typeof type === 'string' && typeof sdp === 'string') return { type, sdp, received, rendezvous };
  const missing = typeof type === 'string' ? 'sdp' : 'type';
  throw new Error(
    `This is JSON, but no ${wanted}: its "${missing}" is missing. Copy the whole ${wanted} from ${other}.`,
  );
}

/**
 * @param {string} type
 * @param {Kind} wanted
 */
function wrongKind(type, wanted) {
  if (wanted === 'offer' && type === 'answer') {
    return 'This is an answer, and client B takes an offer: paste the answer into client A’s page, and the offer from there here.';
  }
  if (wanted === 'answer' && type === 'offer') {
    return 'This is an offer, and client A takes an answer: paste the offer into client B’s page, and its answer here.';
  }
  return `Its "type" is "${type}", and an "${wanted}" is needed here: copy the ${wanted} from the other page again.`;
}

/**
 * @param {string} sdp
 * @param {Kind} wanted
 * @param {string} other
 */
function checkSdp(sdp, wanted, other) {
  const again = `Copy the whole ${wanted} again from ${other}.`;
  if (!sdp.startsWith('v=0'))
    throw new Error(`The beginning of its SDP is cut off: the first line must be v=0. ${again}`);
  if (!sdp.endsWith('\n')) throw new Error(`The end of its SDP is cut off: the last line is not complete. ${again}`);
  const lines = sdp.split(/\r?\n/).slice(0, -1);
  const broken = lines.findIndex((line) => !/^[a-z]=/.test(line));
  if (broken >= 0) {
    throw new Error(
      `Line ${broken + 1} of its SDP does not begin with a letter and =, so a line was broken in two. ${again}`,
    );
  }
  if (!/^m=application /m.test(sdp)) {
    throw new Error(`Its SDP speaks of no data channel (the m=application line is missing). ${again}`);
  }
  const lost = NEEDED.find(([line]) => !line.test(sdp));
  if (lost) throw new Error(`A part of its SDP is cut out: the ${lost[1]} is missing. ${again}`);
  if (!/^a=candidate:/m.test(sdp)) {
    throw new Error(
      `This ${wanted} has no candidates, so it does not say where to reach the other side: it was copied too early, or they were cut out. Wait until ${other} calls it complete, then copy it again.`,
    );
  }
}

/** @param {string} sdp */
function ufrag(sdp) {
  return sdp.match(/^a=ice-ufrag:(\S+)/m)?.[1] ?? '';
}
