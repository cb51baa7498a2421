import { equal, event, Inbox } from '../await.js';

/** @typedef {import('../rows.js').Row} Row */

/** @param {number} count */
const numbers = (count) => Array.from({ length: count }, (_, i) => `${i}`);

/** @param {string[]} texts */
const sorted = (texts) => texts.toSorted((a, b) => Number(a) - Number(b));

/**
 * A channel of one type of RFC 8832 section 5.1; nothing is lost on one machine, so all must arrive on each of them.
 *
 * @param {string} name
 * @param {RTCDataChannelInit} init
 * @returns {Row}
 */
const reliability = (name, init) => ({
  step: `opens a channel that is ${name} and sends 200 messages`,
  java: `each once${init.ordered === false ? '' : ' and in order'}, and sends it back; the same id, ordered, maxRetransmits
    and maxPacketLifeTime`.replace(/\s+/g, ' '),
  async run(visit) {
    const channel = visit.channel('echo', { ...init, protocol: name });
    const inbox = new Inbox(channel);
    await visit.connect();
    equal(
      'the channel',
      [channel.ordered, channel.maxRetransmits, channel.maxPacketLifeTime],
      [init.ordered ?? true, init.maxRetransmits ?? null, init.maxPacketLifeTime ?? null],
    );
    for (const number of numbers(200)) {
      channel.send(number);
      if (Number(number) % 20 === 19) {
        await inbox.until(Number(number) + 1);
      }
    }
    const [shown] = await visit.shown({ events: 201 });
    equal('its protocol', shown.protocol, name);
    const texts = shown.calls.map(({ text = '' }) => text);
    equal('the Java peer', channel.ordered ? texts : sorted(texts), numbers(200));
    equal('the echo', sorted(inbox.messages), numbers(200));
    const { id, ordered, maxRetransmits, maxPacketLifeTime } = channel;
    equal(
      'how the Java peer has it',
      (await visit.outside()).listed?.channels.map(({ options }) => options),
      [{ id, ordered, maxRetransmits, maxPacketLifeTime }],
    );
  },
});

/** @type {Row[]} */
export const order = [
  reliability('reliable', {}),
  reliability('reliable and unordered', { ordered: false }),
  reliability('of 0 retransmits', { maxRetransmits: 0 }),
  reliability('of 3 retransmits and unordered', { maxRetransmits: 3, ordered: false }),
  reliability('of 1,000 ms', { maxPacketLifeTime: 1_000 }),
  reliability('of 1,000 ms and unordered', { maxPacketLifeTime: 1_000, ordered: false }),
  {
    step: 'sends 5,000 messages without waiting',
    java: 'each once and in order',
    async run(visit) {
      const calls = await visit.sends((channel) => {
        for (const number of numbers(5_000)) {
          channel.send(number);
        }
      }, 5_000);
      equal(
        'the Java peer',
        calls.map(({ text }) => text),
        numbers(5_000),
      );
    },
  },
  {
    step: 'sends 1,000 messages without waiting, unordered, of 1 to 8,000 bytes',
    java: 'each once',
    async run(visit) {
      const sizes = Array.from({ length: 1_000 }, (_, i) => 1 + ((i * 1_237) % 8_000));
      const channel = visit.channel('', { ordered: false });
      await visit.connect();
      for (const size of sizes) {
        channel.send(new Uint8Array(size));
      }
      const [{ calls }] = await visit.shown({ events: 1_001 });
      equal(
        'the Java peer',
        calls.map(({ size = -1 }) => size).toSorted((a, b) => a - b),
        sizes.toSorted((a, b) => a - b),
      );
    },
  },
  {
    step: 'sends 90 messages on each of 90 channels',
    java: '90 opens, and each channel its own 90 in order',
    async run(visit) {
      const channels = numbers(90).map((number) => visit.channel(`echo&number=${number}`));
      const inboxes = channels.map((channel) => new Inbox(channel));
      await visit.connect();
      for (const number of numbers(90)) {
        for (const [i, channel] of channels.entries()) {
          channel.send(`${i}:${number}`);
        }
      }
      const shown = await visit.shown({ events: 90 * 91 });
      equal('how many opened', shown.length, 90);
      for (const { parameters, calls } of shown) {
        equal(
          `the Java peer's channel ${parameters.number}`,
          calls.map(({ text }) => text),
          numbers(90).map((number) => `${parameters.number}:${number}`),
        );
      }
      for (const [i, inbox] of inboxes.entries()) {
        equal(
          `the echo on channel ${i}`,
          await inbox.until(90),
          numbers(90).map((number) => `${i}:${number}`),
        );
      }
    },
  },
  {
    step: 'reads 1,000 messages of the label source',
    java: 'all sent, in order, and then a close',
    async run(visit) {
      const channel = visit.labelled('source?count=1000&size=500');
      const inbox = new Inbox(channel);
      const end = event(channel, 'close');
      await visit.connect();
      await end;
      equal('how many came', inbox.messages.length, 1_000);
      equal('their sizes', new Set(inbox.messages.map(({ byteLength }) => byteLength)).size, 1);
    },
  },
];
