import { equal, Inbox } from '../await.js';
import { loopback } from '../loopback.js';

/** @typedef {import('../rows.js').Row} Row */
/** @typedef {import('../visit.js').Call} Call */

/** @param {ArrayLike<number>} bytes */
const base64 = (bytes) => btoa(String.fromCharCode(...Array.from(bytes)));

/**
 * @param {string} text
 * @returns {Call} of a string
 */
const text = (text) => ({ kind: 'text', size: new TextEncoder().encode(text).length, text });

/**
 * @param {...number} bytes
 * @returns {Call} of bytes
 */
const binary = (...bytes) => ({ kind: 'binary', size: bytes.length, base64: base64(bytes) });

/**
 * A row that sends one message, which must come back in its kind as well.
 *
 * @param {string} step
 * @param {string} java
 * @param {() => any} message
 * @param {Call} expected
 * @returns {Row}
 */
const arrives = (step, java, message, expected) => ({
  step,
  java,
  async run(visit) {
    const channel = visit.channel('echo');
    const inbox = new Inbox(channel);
    await visit.connect();
    channel.send(message());
    const shown = await visit.shown({ events: 2 });
    equal('the Java peer', shown[0].calls, [expected]);
    const [echo] = await inbox.until(1);
    const back = typeof echo === 'string' ? text(echo) : binary(...new Uint8Array(echo));
    equal('the echo', back, expected);
  },
});

const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
const woman = '\u{1F469}\u200D\u{1F680}';

/** @type {Row[]} */
export const kinds = [
  arrives('sends a string', 'the same text', () => 'hello', text('hello')),
  arrives('sends an empty string', 'an empty text, not bytes', () => '', text('')),
  arrives('sends an empty ArrayBuffer', 'no bytes, not an empty text', () => new ArrayBuffer(0), binary()),
  arrives(
    'sends characters of one to four bytes and a ZWJ sequence',
    'the same text, counted in bytes of UTF-8',
    () => `a ß € 𝄞 ${woman}`,
    text(`a ß € 𝄞 ${woman}`),
  ),
  arrives('sends combining characters', 'them uncomposed', () => 'e\u0301 \u0AAE\u0AC0', text('e\u0301 \u0AAE\u0AC0')),
  arrives('sends NUL and other controls', 'all of them', () => '\0a\0\r\n\u0085\0', text('\0a\0\r\n\u0085\0')),
  arrives('sends lone surrogates', 'U+FFFD for each', () => '\uD800a\uDC00\uDC00', text('\uFFFDa\uFFFD\uFFFD')),
  arrives('sends noncharacters', 'all of them', () => '\uFFFE\uFFFF\u{10FFFF}', text('\uFFFE\uFFFF\u{10FFFF}')),
  arrives('sends an ArrayBuffer', 'each of the 256 bytes', () => bytes.slice().buffer, binary(...bytes)),
  arrives(
    'sends a Uint8Array with an offset',
    'the bytes of the view alone',
    () => new Uint8Array(bytes.slice().buffer, 10, 3),
    binary(10, 11, 12),
  ),
  arrives(
    'sends a Float64Array',
    'eight bytes an element',
    () => new Float64Array([0, -0]),
    binary(...new Uint8Array(new Float64Array([0, -0]).buffer)),
  ),
  arrives(
    'sends a DataView with an offset',
    'the bytes of the view alone',
    () => new DataView(bytes.slice().buffer, 254),
    binary(254, 255),
  ),
  arrives('sends a Blob', 'its bytes', () => new Blob([bytes]), binary(...bytes)),
  arrives(
    'sends a Blob of text/plain',
    'bytes: the type of a Blob is not sent',
    () => new Blob(['ok'], { type: 'text/plain' }),
    binary(0x6f, 0x6b),
  ),
  arrives('sends an empty Blob', 'no bytes', () => new Blob([]), binary()),
  {
    step: 'sends text that begins with a byte order mark',
    java: 'the mark as well',
    async run(visit) {
      const calls = await visit.sends((channel) => channel.send('\uFEFFa'), 1);
      equal('the Java peer', calls, [text('\uFEFFa')]);
    },
  },
  {
    step: 'changes a buffer after it was sent',
    java: 'the bytes as they were',
    async run(visit) {
      const calls = await visit.sends((channel) => {
        const buffer = Uint8Array.of(1, 2, 3);
        channel.send(buffer);
        buffer.fill(9);
      }, 1);
      equal('the Java peer', calls, [binary(1, 2, 3)]);
    },
  },
  {
    step: 'sends strings and buffers in turn',
    java: 'each in its kind, in order',
    async run(visit) {
      const numbers = Array.from({ length: 100 }, (_, i) => i);
      const calls = await visit.sends((channel) => {
        for (const number of numbers) {
          channel.send(`${number}`);
          channel.send(Uint8Array.of(number));
        }
      }, 200);
      equal(
        'the Java peer',
        calls,
        numbers.flatMap((number) => [text(`${number}`), binary(number)]),
      );
    },
  },
  {
    step: 'sends strings and Blobs in turn',
    java: 'each in its kind, in order',
    async run(visit) {
      const letters = [...'abcdefghijklmnopqrst'];
      /** @param {RTCDataChannel} channel */
      const send = (channel) => {
        for (const letter of letters) {
          channel.send(letter);
          channel.send(new Blob([letter.toUpperCase()]));
        }
        return 2 * letters.length;
      };
      if ((await loopback(send)).some((message, i) => (typeof message === 'string') !== (i % 2 === 0))) {
        return 'between its own connections, too, this browser lets a string overtake a Blob that was sent before it';
      }
      equal(
        'the Java peer',
        await visit.sends(send, 2 * letters.length),
        letters.flatMap((letter) => [text(letter), binary(letter.toUpperCase().charCodeAt(0))]),
      );
    },
  },
  {
    step: 'reads with binaryType blob',
    java: 'the bytes that it got and sends back',
    async run(visit) {
      const channel = visit.channel('echo');
      channel.binaryType = 'blob';
      const inbox = new Inbox(channel);
      await visit.connect();
      channel.send(Uint8Array.of(1, 2));
      channel.send('12');
      const [blob, string] = await inbox.until(2);
      equal('the echo', [base64(new Uint8Array(await blob.arrayBuffer())), string], ['AQI=', '12']);
      equal('the Java peer', (await visit.shown({ events: 3 }))[0].calls, [binary(1, 2), text('12')]);
    },
  },
];
