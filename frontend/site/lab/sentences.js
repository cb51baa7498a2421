export const NO_WAY = {
  a: 'The two sides found no way to each other. Do this offer and this answer belong together, and is B’s page still open? Across networks, both need the same STUN or TURN servers. Then create the offer anew.',
  b: 'This side has given up: A did not take the answer in time, or there is no way to it. Press “Accept the offer” again and carry the new answer over at once, or let this browser be client A. Firefox waits for 5 seconds only, Chromium for minutes.',
};
export const GIVEN_UP =
  'This offer restarts the connection that there is, and this browser has given that up: press “Create the offer” on client A’s page, and accept that one here. The conversation goes on.';
export const UNTOLD =
  'A new connection. What was sent last over the one before may be lost: the other end does not say what has come.';

/**
 * @param {string} other who is at the other end
 * @param {boolean} meets whether there is a place to meet
 */
export const ready = (other, meets) =>
  meets
    ? `Ready: should the network break, ICE is restarted with ${other} over this server, without you.`
    : 'Ready: should the network break, client A prints a restart offer, to be carried by hand.';

/**
 * What a page says while its connection is interrupted.
 *
 * @param {{ other: string, offers: boolean }} end who is at the other one, and whether this page makes the offers
 * @param {{ met: boolean } | undefined} meeting
 * @param {boolean} isNew whether another connection is made, in place of a restart of ICE
 * @returns {string} a sentence or more, with what to do
 */
export function interruption({ other, offers }, meeting, isNew) {
  if (meeting?.met)
    return `Interrupted. The server leads to ${other}: ${isNew ? 'connecting anew' : 'restarting ICE'}.`;
  return [
    'Interrupted.',
    isNew && 'A browser has given the connection up, so it takes a new one.',
    meeting && `Looking for ${other} over the server; if that takes too long, do it by hand.`,
    offers ? carry(isNew) : isNew ? ACCEPT_NEW : 'Accept the new offer of client A, and carry the answer back.',
  ]
    .filter(Boolean)
    .join(' ');
}

const ACCEPT_NEW =
  'Accept the offer of a new connection here, and carry the answer back; if client A’s page has none, press “Create the offer” there.';

/** @param {boolean} isNew @returns {string} what to do with the offer that is printed */
export const carry = (isNew) =>
  `The offer is ${isNew ? 'that of a new connection' : 'a restart offer'} now: carry it to client B, and its answer back.`;

/**
 * @param {number} time milliseconds
 * @param {boolean} isNew
 */
export const repaired = (time, isNew) =>
  `Repaired after ${(time / 1000).toFixed(1)} s, ${isNew ? 'by a new connection' : 'with the same connection and the same channel'}.`;

/**
 * @param {Error} problem
 * @returns {never}
 */
export function refused(problem) {
  throw new Error(
    `The browser does not accept this description (${problem.message}). Copy it again from the other page.`,
  );
}
