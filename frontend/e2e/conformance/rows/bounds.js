import { equal, event, Inbox, thrownBy } from '../await.js';

/** @typedef {import('../rows.js').Row} Row */

const LARGEST = 262_144;

/** @param {number} size */
const noise = (size) => Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) & 0xff);

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {number} size in bytes
 * @returns {Row}
 */
const binaryOf = (size) => ({
  step: `sends ${size.toLocaleString('en')} bytes`,
  java: 'one message with the same SHA-256, and sends it back',
  async run(visit) {
    const channel = visit.channel('echo');
    const inbox = new Inbox(channel);
    await visit.connect();
    const bytes = noise(size);
    channel.send(bytes);
    const sum = await sha256(bytes);
    equal('the Java peer', (await visit.shown({ events: 2 }))[0].calls, [{ kind: 'binary', size, sha256: sum }]);
    equal('the echo', await sha256(new Uint8Array((await inbox.until(1))[0])), sum);
  },
});

/**
 * Our offer says what we take; the Java peer must not send more.
 *
 * @param {string} step
 * @param {string} java
 * @param {string} line in place of the one that says it
 * @param {number} limit
 * @returns {Row}
 */
const takes = (step, java, line, limit) => ({
  step,
  java,
  async run(visit) {
    const channel = visit.channel('sized');
    const inbox = new Inbox(channel);
    await visit.connect((sdp) => {
      equal('max-message-size in the offer', /^a=max-message-size:\d+\r\n/m.test(sdp), true);
      return sdp.replace(/^a=max-message-size:\d+\r\n/m, line);
    });
    channel.send(`${limit + 1}`);
    channel.send(`${limit}`);
    equal(
      'the Java peer',
      (await visit.shown({ events: 4 }))[0].calls.map(({ kind }) => kind),
      ['text', 'TOO_LARGE', 'text'],
    );
    equal('what came back', (await inbox.until(1))[0].byteLength, limit);
    equal('its channel', channel.readyState, 'open');
  },
});

/** @type {Row[]} */
export const bounds = [
  binaryOf(16_384),
  binaryOf(65_536),
  binaryOf(65_537),
  binaryOf(LARGEST),
  {
    step: 'sends a text of 262,144 bytes',
    java: 'one text with the same SHA-256',
    async run(visit) {
      const message = `${'é'.repeat(LARGEST / 2 - 1)}ab`;
      const calls = await visit.sends((channel) => channel.send(message), 1);
      const sum = await sha256(new TextEncoder().encode(message));
      equal('the Java peer', calls, [{ kind: 'text', size: LARGEST, sha256: sum }]);
    },
  },
  {
    step: 'tries to send 262,145 bytes, and then one',
    java: 'the one alone: send() throws, and the channel stays open',
    async run(visit) {
      const calls = await visit.sends((channel) => {
        equal(
          'send()',
          [
            thrownBy(() => channel.send(new Uint8Array(LARGEST + 1))),
            thrownBy(() => channel.send('x'.repeat(LARGEST + 1))),
          ],
          ['TypeError', 'TypeError'],
        );
        channel.send('x');
      }, 1);
      equal('the Java peer', calls, [{ kind: 'text', size: 1, text: 'x' }]);
    },
  },
  {
    step: 'reads pc.sctp.maxMessageSize',
    java: '262,144 in its answer',
    async run(visit) {
      visit.channel();
      await visit.connect();
      equal('the answer', /^a=max-message-size:(\d+)/m.exec(visit.pc.remoteDescription?.sdp ?? '')?.[1], `${LARGEST}`);
      equal('maxMessageSize', visit.pc.sctp?.maxMessageSize, LARGEST);
    },
  },
  takes(
    'takes messages of 1,000 bytes',
    '1,000 bytes sent back, and 1,001 not: TOO_LARGE',
    'a=max-message-size:1000\r\n',
    1000,
  ),
  takes('does not say what it takes', '65,536 bytes sent back, and 65,537 not: TOO_LARGE', '', 65_536),
  {
    step: 'takes messages of any size (max-message-size:0)',
    java: '262,144 bytes sent, the most that it can',
    async run(visit) {
      const channel = visit.channel('echo');
      const inbox = new Inbox(channel);
      await visit.connect((sdp) => sdp.replace(/^a=max-message-size:\d+/m, 'a=max-message-size:0'));
      channel.send(new Uint8Array(LARGEST));
      equal('what came back', (await inbox.until(1))[0].byteLength, LARGEST);
    },
  },
  {
    step: 'sends 64 messages of 262,144 bytes',
    java: 'all 16 MiB, in order',
    async run(visit) {
      const calls = await visit.sends(async (channel) => {
        channel.bufferedAmountLowThreshold = 4 * LARGEST;
        for (let i = 0; i < 64; i++) {
          await event(channel, 'bufferedamountlow', () => channel.bufferedAmount <= 4 * LARGEST);
          const message = new Uint8Array(LARGEST);
          message[0] = i;
          channel.send(message);
        }
      }, 64);
      const sums = await Promise.all(
        calls.map((_, i) => {
          const message = new Uint8Array(LARGEST);
          message[0] = i;
          return sha256(message);
        }),
      );
      equal(
        'the Java peer',
        calls.map((call) => call.sha256),
        sums,
      );
    },
  },
];
