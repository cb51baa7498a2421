import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromium, firefox, open } from './browsers.js';
import { cheatingServer, standBetween } from './man-in-the-middle.js';
import { member } from './member.js';
import { startServer } from './server.js';
import { stage } from './stage.js';

/** @typedef {import('./browsers.js').Window} Window */

const PER_TEST = { timeout: 90_000 };
const FIVE_WORDS = /^([a-z]{3,8} ){4}[a-z]{3,8}$/;

const { server, fox, chrome } = await stage({ server: startServer, fox: firefox, chrome: chromium });

/**
 * Two pages in a room of a server, each with `peer`, the other one, `got`, what that has said, and `words()`, or the code of
 * the refusal.
 *
 * @param {string} url
 * @param {string} name of the room
 */
async function pair(url, name) {
  const windows = [];
  for (const browser of [chrome, fox]) {
    const window = await member(browser, url, name, { rtcConfig: {} });
    await window.run(() => {
      const all = room.channel('chat');
      all.addEventListener('message', (/** @type {MessageEvent} */ { data }) =>
        Object.assign(globalThis, { got: data }),
      );
      const words = () =>
        other()
          .safetyCode()
          .catch((/** @type {any} */ { code }) => code);
      Object.assign(globalThis, { all, words });
    });
    windows.push(window);
  }
  for (const window of windows) {
    await window.holds("other()?.state === 'connected' && all.readyState === 'open'");
  }
  return windows;
}

/** @param {Window} window @returns {Promise<string[]>} the fingerprints of its own end and of the other one */
const fingerprintsOf = (window) =>
  window.run(() => {
    const { localDescription, remoteDescription } = globalThis.other().connection;
    return [localDescription, remoteDescription].map(({ sdp }) => /a=fingerprint:(\S+ \S+)/.exec(sdp)?.[1] ?? '');
  });

/**
 * Ada says something to Bob, and both ask for their words.
 *
 * @param {Window} ada
 * @param {Window} bob
 */
async function talk(ada, bob) {
  await ada.run(() => globalThis.all.send('for Bob alone'));
  await bob.holds("globalThis.got === 'for Bob alone'");
  return Promise.all([ada, bob].map((window) => window.run(() => globalThis.words())));
}

test('the control: by way of a server in between that changes nothing, the words are the same', PER_TEST, async () => {
  const proxy = await cheatingServer(server.url);
  try {
    const [ada, bob] = await pair(proxy.url, 'honest');
    const [hers, his] = await talk(ada, bob);
    assert.match(hers, FIVE_WORDS);
    assert.equal(hers, his);
    assert.deepEqual(await fingerprintsOf(ada), (await fingerprintsOf(bob)).reverse());
  } finally {
    await proxy.stop();
  }
});

for (const way of /** @type {const} */ (['passes', 'speaks for both', 'tries to match'])) {
  test(`a server that replaces the fingerprints, and ${way}, is found out`, PER_TEST, async () => {
    const eve = await open(chrome, `${server.url}/404`);
    const cheat = await cheatingServer(server.url, await standBetween(eve, way));
    try {
      const [ada, bob] = await pair(cheat.url, 'cheated');
      const [hers, his] = await talk(ada, bob);
      // The fault is there: each end has a connection to somebody else, who could read what was said.
      const [[hersOwn, hersOther], [hisOwn, hisOther]] = await Promise.all([ada, bob].map(fingerprintsOf));
      assert.ok(hersOther !== hisOwn && hisOther !== hersOwn);
      await eve.holds("overheard.some((text) => text.includes('for Bob alone'))");
      if (way === 'tries to match') {
        await eve.holds('matched >= 0');
        const words = [hers, his].sort();
        assert.equal(words[0], 'SAFETY_FAILED');
        assert.match(words[1], FIVE_WORDS);
      } else {
        assert.match(hers, FIVE_WORDS);
        assert.match(his, FIVE_WORDS);
        assert.notEqual(hers, his);
      }
    } finally {
      await cheat.stop();
    }
  });
}
