import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromium, firefox, open } from './browsers.js';
import { connectByHand } from './by-hand.js';
import { startServer } from './server.js';
import { stage } from './stage.js';

/** @typedef {import('./browsers.js').Browser} Browser */
/** @typedef {import('./browsers.js').Window} Window */

const PER_TEST = { timeout: 90_000 };

const { server, fox, chrome } = await stage({ server: startServer, fox: firefox, chrome: chromium });

/** @param {Window[]} windows */
function assertNoErrors(...windows) {
  assert.deepEqual(
    windows.flatMap((window) => window.errors),
    [],
  );
}

/**
 * @param {Browser} browser
 * @param {string} name
 * @param {string} [room]
 */
async function join(browser, name, room = 'e2e') {
  const window = await open(browser, `${server.url}/chat/?room=${room}`);
  await window.paste('#name', name);
  await window.click('#join');
  return window;
}

test('Firefox gets its echo from the Java peer, text and binary', PER_TEST, async () => {
  const window = await open(fox, `${server.url}/echo/`);
  await window.click('#connect');
  await window.see('#state[data-state=connected]');
  await window.say('from Firefox');
  await window.read('#log li[data-from=server]', 'from Firefox');
  await window.click('#send-binary');
  await window.see('#log li[data-from=server]:nth-of-type(4)');
  assertNoErrors(window);
});

test('two windows of Firefox connect by copy and paste in the lab', PER_TEST, async () => {
  const a = await open(fox, `${server.url}/lab/?role=a`);
  const b = await open(fox, `${server.url}/lab/?role=b`);
  await connectByHand(a, b);
  await a.say('by hand');
  await b.read('#log li:not([data-from=me])', 'by hand');
  assertNoErrors(a, b);
});

test('the Java peer answers an offer of the lab in Firefox', PER_TEST, async () => {
  const a = await open(fox, `${server.url}/lab/?role=a`);
  await a.click('#create-offer');
  await a.description('offer');
  await a.click('#ask-server');
  await a.say('who is there?');
  await a.read('#log li[data-from=server]', 'who is there?');
  assertNoErrors(a);
});

test('Firefox and Chromium chat, whoever comes first', PER_TEST, async () => {
  for (const [first, second] of [
    [fox, chrome],
    [chrome, fox],
  ]) {
    const ada = await join(first, 'Ada');
    const bob = await join(second, 'Bob');
    await ada.say('hello Bob');
    await bob.read('#log li:not([data-from=me])', 'hello Bob');
    await bob.say('hello Ada');
    await ada.read('#log li:not([data-from=me])', 'hello Ada');
    assertNoErrors(ada, bob);
    await ada.click('#leave');
    await bob.click('#leave');
  }
});

test(
  'the chat page shows what the library can: files with progress, requests, words, a restart of ICE',
  PER_TEST,
  async () => {
    const [ada, bob] = [await join(fox, 'Ada'), await join(chrome, 'Bob')];
    await ada.read('#peers li[data-state=connected] .rtt', 'ms');

    await ada.click('#peers .clock');
    await ada.holds("/^\\d{1,2}:\\d\\d/.test(document.querySelector('#peers output').textContent)");
    await Promise.all([ada.click('#peers .compare'), bob.click('#peers .compare')]);
    for (const window of [ada, bob]) {
      await window.holds("/^([a-z]+ ){4}[a-z]+$/.test(document.querySelector('#peers output').textContent)");
    }

    const sent = 8 * 1_048_576;
    await ada.run((size) => {
      const shown = new MutationObserver(() => Object.assign(globalThis, { shown: true }));
      shown.observe(/** @type {Node} */ (document.querySelector('#sending')), { attributes: true });
      const files = new DataTransfer();
      files.items.add(new File([new Uint8Array(size)], 'zeros.bin'));
      const input = /** @type {HTMLInputElement} */ (document.querySelector('#file'));
      input.files = files.files;
      input.dispatchEvent(new Event('change'));
    }, sent);
    await bob.read('#log li:not([data-from=me]) .text', 'zeros.bin');
    await bob.read('#log li:not([data-from=me]) .note', '8.0 MiB');
    await bob.see('#log a[href^="blob:"][download="zeros.bin"]');
    await ada.read('#log li[data-from=me]', '8.0 MiB');
    await ada.holds("shown && document.querySelector('#sending').hidden");

    await bob.click('#peers .restart');
    await bob.say('over the new path');
    await ada.read('#log li:not([data-from=me])', 'over the new path');
    assertNoErrors(ada, bob);
  },
);

test(
  'a page is in two rooms at once: what is said in one stays there, and leaving one keeps the other',
  PER_TEST,
  async () => {
    for (const [browser, other] of [
      [fox, chrome],
      [chrome, fox],
    ]) {
      const [red, blue] = browser === fox ? ['red-1', 'blue-1'] : ['red-2', 'blue-2'];
      const [bob, cleo] = [await join(other, 'Bob', red), await join(other, 'Cleo', blue)];
      const ada = await join(browser, 'Ada', red);
      await ada.say('to the red room');
      await ada.paste('#room', blue);
      await ada.click('#join');
      await ada.read('#peers li[data-state=connected]', 'Cleo');
      await ada.say('to the blue room');
      await bob.say('from the red room');
      await cleo.say('from the blue room');

      await ada.read('#log', 'from the blue room');
      await ada.read('#rooms .news', '1 new');
      assert.deepEqual(await logOf(ada), ['to the blue room', 'from the blue room']);
      assert.deepEqual(await logOf(cleo), ['to the blue room', 'from the blue room']);
      await ada.click('#rooms li:first-child button');
      assert.deepEqual(await logOf(ada), ['to the red room', 'from the red room']);
      assert.deepEqual(await logOf(bob), ['to the red room', 'from the red room']);
      assert.match(await ada.run(() => location.search), new RegExp(red));

      await ada.click('#leave');
      await bob.holds("!document.querySelector('#peers li')");
      await ada.read('#peers li[data-state=connected]', 'Cleo');
      assert.deepEqual(await logOf(ada), ['to the blue room', 'from the blue room']);
      await cleo.say('are you still there?');
      await ada.read('#log', 'are you still there?');
      await ada.say('in blue, yes');
      await cleo.read('#log', 'in blue, yes');
      assertNoErrors(ada, bob, cleo);
      await Promise.all([ada, bob, cleo].map((window) => window.close()));
    }
  },
);

/** @param {Window} window @returns {Promise<(string | null)[]>} the messages that it shows */
const logOf = (window) =>
  window.run(() => [...document.querySelectorAll('#log .text')].map(({ textContent }) => textContent));
