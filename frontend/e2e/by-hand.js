/** @typedef {import('./browsers.js').Window} Window */

/**
 * Connects two pages of the lab as a user does.
 *
 * @param {Window} a
 * @param {Window} b
 */
export async function connectByHand(a, b) {
  await a.click('#create-offer');
  await b.paste('#remote-description', await complete(a, 'offer'));
  await b.click('#accept');
  await a.paste('#remote-description', await complete(b, 'answer'));
  await a.click('#accept');
  for (const page of [a, b]) {
    await page.see('#state[data-state=connected]');
  }
}

/**
 * Carries the restart offer that A prints over to B, and its answer back.
 *
 * @param {Window} a
 * @param {Window} b
 * @param {string} before what A's names for connectivity checks were
 */
export async function restartByHand(a, b, before) {
  const answered = await ufragOf(b, 'remoteConnection');
  await b.paste('#remote-description', await complete(a, 'offer', before));
  await b.click('#accept');
  await a.paste('#remote-description', await complete(b, 'answer', answered));
  await a.click('#accept');
  await a.holds('localConnection.signalingState === "stable"');
}

/**
 * @param {Window} page
 * @param {string} connection its name in the page
 * @param {'local' | 'remote'} side
 * @returns {Promise<string>} its name for connectivity checks
 */
export function ufragOf(page, connection, side = 'local') {
  return page.run(
    (name, which) =>
      /a=ice-ufrag:(\S+)/.exec(/** @type {any} */ (globalThis)[name][`${which}Description`].sdp)?.[1] ?? '',
    connection,
    side,
  );
}

/**
 * Waits until all candidates of a description are found.
 *
 * @param {Window} page
 * @param {'offer' | 'answer'} type
 * @param {string} [before] the name for connectivity checks that it is not to have any more
 */
async function complete(page, type, before = '') {
  const text = "document.querySelector('#local-description').value";
  await page.holds(
    `${text}.includes('"${type}"') && !(${JSON.stringify(before)} && ${text}.includes(${JSON.stringify(`ufrag:${before}`)}))`,
  );
  await page.see('#gathering[data-gathering=complete]');
  return page.description(type);
}
