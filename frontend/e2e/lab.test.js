import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, firefox, open } from './browsers.js';
import { connectByHand, restartByHand, ufragOf } from './by-hand.js';
import { startServer } from './server.js';
import { stage } from './stage.js';

/** @typedef {import('./browsers.js').Browser} Browser */
/** @typedef {import('./browsers.js').Window} Window */

const PER_TEST = { timeout: 180_000 };
/** Milliseconds from a connection to the restart of ICE, and no hand is faster. */
const APART = 1_500;

const { server, fox, chrome } = await stage({ server: startServer, fox: firefox, chrome: chromium });

/**
 * @param {Browser} browser
 * @param {'a' | 'b'} role
 */
const lab = (browser, role) => open(browser, `${server.url}/lab/?role=${role}`);

/** @param {Window} from @param {Window} to @param {string} text */
async function says(from, to, text) {
  await from.say(text);
  await to.read('#log li:not([data-from=me])', text);
}

test(
  'a restart offer is carried by hand, and its answer: the same connection and channel go on',
  PER_TEST,
  async () => {
    for (const [first, second] of [
      [chrome, fox],
      [fox, chrome],
    ]) {
      const [a, b] = [await lab(first, 'a'), await lab(second, 'b')];
      await connectByHand(a, b);
      await says(a, b, 'before');
      await a.run(() => Object.assign(globalThis, { kept: [window.localConnection, window.sendChannel] }) && 0);
      await b.run(() => Object.assign(globalThis, { kept: [window.remoteConnection, window.receiveChannel] }) && 0);
      const ufrags = [await ufragOf(a, 'localConnection'), await ufragOf(b, 'remoteConnection')];

      await a.click('#print-restart');
      await restartByHand(a, b, ufrags[0]);

      assert.notEqual(await ufragOf(b, 'remoteConnection'), ufrags[1]);
      await says(a, b, 'after, from A');
      await says(b, a, 'after, from B');
      assert.ok(await a.run(() => kept[0] === window.localConnection && kept[1] === window.sendChannel));
      assert.ok(await b.run(() => kept[0] === window.remoteConnection && kept[1] === window.receiveChannel));
      assert.deepEqual([...a.errors, ...b.errors], []);
    }
  },
);

/**
 * Has pages see the DTLS of their connections as failed, which Firefox's does in a long cut (cuts/by-hand.js).
 *
 * @param {Window[]} pages
 */
async function breaks(...pages) {
  for (const page of pages) {
    await page.run(() => {
      const { transport } = /** @type {RTCSctpTransport} */ ((window.localConnection ?? window.remoteConnection).sctp);
      Object.defineProperty(transport, 'state', { get: () => 'failed' });
      Object.assign(globalThis, { breaks: () => transport.dispatchEvent(new Event('statechange')) });
    });
  }
  for (const page of pages) {
    await page.run(() => /** @type {any} */ (globalThis).breaks());
  }
}

test('a connection that is beyond repair is replaced over the server: the conversation goes on', PER_TEST, async () => {
  for (const [first, second] of [
    [chrome, fox],
    [fox, chrome],
  ]) {
    const [a, b] = [await lab(first, 'a'), await lab(second, 'b')];
    await connectByHand(a, b);
    await says(a, b, 'before');
    // At first they have to meet, and the next time they still do.
    for (const again of [false, true]) {
      await breaks(...(again ? [b, a] : [a, b]));
      for (const page of [a, b]) {
        await page.read('#log [data-from=page]:last-child', 'All that was sent had arrived');
        await page.see('#state[data-state=connected]');
      }
      await says(a, b, `from A, again: ${again}`);
      await says(b, a, `from B, again: ${again}`);
    }
    assert.deepEqual([...a.errors, ...b.errors], []);
  }
});

test('a called page that asks for another offer shows nothing of the answer before', PER_TEST, async () => {
  const [a, b] = [await lab(chrome, 'a'), await lab(fox, 'b')];
  await a.click('#meet');
  await connectByHand(a, b);
  await b.see('#gathering[data-gathering=complete]');

  await breaks(b);

  await b.read('#repair', 'Accept the offer of a new connection here');
  await b.see('#gathering[data-gathering=new]:empty');
  await b.holds("document.querySelector('#local-description').value === ''");
});

test('to the Java peer, too', PER_TEST, async () => {
  for (const browser of [chrome, fox]) {
    const a = await lab(browser, 'a');
    await a.click('#create-offer');
    await a.description('offer');
    await a.click('#ask-server');
    await a.say('before');
    await a.read('#log li[data-from=server]', 'before');
    await breaks(a);
    await a.read('#log [data-from=page]', 'may be lost');
    await a.say('after');
    await a.read('#log li[data-from=server]', 'after');
    assert.deepEqual(a.errors, []);
  }
});

test('a page that knows nothing of a rendezvous connects, as caller and as called', PER_TEST, async () => {
  const plain = await open(chrome, `${server.url}/404`);
  const b = await lab(fox, 'b');
  await b.paste('#remote-description', await plain.run(plainOffer));
  await b.click('#accept');
  await plain.run(plainAccept, await b.description('answer'));
  await b.say('to a plain page');
  await plain.holds('heard.includes("to a plain page")');

  const a = await lab(fox, 'a');
  await a.click('#create-offer');
  const offer = await a.description('offer');
  assert.match(JSON.parse(offer).rendezvous.secret, /^[0-9a-f]{64}$/);
  await a.paste('#remote-description', await plain.run(plainAnswer, offer));
  await a.click('#accept');
  await a.say('to another');
  await plain.holds('heard.includes("to another")');
  await a.read('#repair', 'carried by hand');
});

test('the Java peer restarts ICE at the press of a button', PER_TEST, async () => {
  for (const browser of [chrome, fox]) {
    const a = await lab(browser, 'a');
    await a.click('#create-offer');
    await a.description('offer');
    await a.click('#ask-server');
    await a.say('before');
    await a.read('#log li[data-from=server]', 'before');
    const [local, remote] = [await ufragOf(a, 'localConnection'), await ufragOf(a, 'localConnection', 'remote')];
    await wait(APART);
    await a.click('#print-restart');
    await a.holds(`!localConnection.remoteDescription.sdp.includes(${JSON.stringify(`ufrag:${remote}`)})`);
    assert.notEqual(await ufragOf(a, 'localConnection'), local);
    await a.say('after');
    await a.read('#log li[data-from=server]', 'after');
    assert.deepEqual(a.errors, []);
  }
});

/** The lines of a page that was not made by us, with all candidates in what it prints. */
async function plainOffer() {
  const connection = new RTCPeerConnection();
  const channel = connection.createDataChannel('sendChannel');
  Object.assign(globalThis, { connection, heard: [] });
  channel.onmessage = ({ data }) => heard.push(data);
  await connection.setLocalDescription(await connection.createOffer());
  while (connection.iceGatheringState !== 'complete') {
    await new Promise((resolve) => connection.addEventListener('icegatheringstatechange', resolve, { once: true }));
  }
  return JSON.stringify(connection.localDescription);
}

/** @param {string} answer */
function plainAccept(answer) {
  return connection.setRemoteDescription(JSON.parse(answer));
}

/** @param {string} offer */
async function plainAnswer(offer) {
  const connection = new RTCPeerConnection();
  Object.assign(globalThis, { connection, heard: [] });
  connection.ondatachannel = ({ channel }) => {
    channel.onmessage = ({ data }) => heard.push(data);
  };
  await connection.setRemoteDescription(JSON.parse(offer));
  await connection.setLocalDescription(await connection.createAnswer());
  while (connection.iceGatheringState !== 'complete') {
    await new Promise((resolve) => connection.addEventListener('icegatheringstatechange', resolve, { once: true }));
  }
  return JSON.stringify(connection.localDescription);
}
