import { equal, event, thrownBy } from '../await.js';

/** @typedef {import('../rows.js').Row} Row */

/** @type {Row[]} */
export const buffering = [
  {
    step: 'reads bufferedAmount right after send()',
    java: 'as many bytes of UTF-8 and of buffers as it counted',
    async run(visit) {
      const counted = [0];
      const calls = await visit.sends((channel) => {
        for (const message of /** @type {any[]} */ (['é', new Uint8Array(5), ''])) {
          channel.send(message);
          counted.push(channel.bufferedAmount);
        }
      }, 3);
      equal('bufferedAmount', counted, [0, 2, 7, 7]);
      equal(
        'the Java peer',
        calls.map(({ size }) => size),
        [2, 5, 0],
      );
    },
  },
  {
    step: 'waits for bufferedamountlow at threshold 0 after 1 MiB',
    java: 'all 16 messages; bufferedAmount is 0 and the event came once',
    async run(visit) {
      let lows = 0;
      const calls = await visit.sends(async (channel) => {
        channel.addEventListener('bufferedamountlow', () => lows++);
        for (let i = 0; i < 16; i++) {
          channel.send(new Uint8Array(65_536));
        }
        equal('bufferedAmount', channel.bufferedAmount, 16 * 65_536);
        await event(channel, 'bufferedamountlow');
        equal('bufferedAmount', channel.bufferedAmount, 0);
      }, 16);
      equal(
        'the Java peer',
        calls.map(({ size }) => size),
        Array(16).fill(65_536),
      );
      equal('how often the event came', lows, 1);
    },
  },
  {
    step: 'keeps bufferedAmount under a threshold with bufferedamountlow for 4 MiB',
    java: 'all 256 messages in order',
    async run(visit) {
      let highest = 0;
      const calls = await visit.sends(async (channel) => {
        channel.bufferedAmountLowThreshold = 65_536;
        for (let i = 0; i < 256; i++) {
          await event(channel, 'bufferedamountlow', () => channel.bufferedAmount <= 65_536);
          channel.send(`${i}`.padEnd(16_384));
          highest = Math.max(highest, channel.bufferedAmount);
        }
      }, 256);
      equal('the highest bufferedAmount', highest <= 65_536 + 16_384, true);
      equal(
        'the sizes at the Java peer',
        calls.map(({ size }) => size),
        Array(256).fill(16_384),
      );
    },
  },
  {
    step: 'sends before the channel is open',
    java: 'nothing of it: send() throws, and bufferedAmount stays 0',
    async run(visit) {
      const channel = visit.channel();
      equal('send()', [thrownBy(() => channel.send('early')), channel.bufferedAmount], ['InvalidStateError', 0]);
      await visit.connect();
      channel.send('later');
      const [{ calls }] = await visit.shown({ events: 2 });
      equal('the Java peer', calls, [{ kind: 'text', size: 5, text: 'later' }]);
    },
  },
  {
    step: 'sends after close()',
    java: 'one close and nothing of it: send() throws',
    async run(visit) {
      const channel = visit.channel();
      await visit.connect();
      await visit.calls({ events: 1 });
      channel.close();
      equal('readyState', channel.readyState, 'closing');
      const thrown = thrownBy(() => channel.send('late'));
      const [{ calls }] = await visit.shown({ closed: 1 });
      equal('the Java peer', calls, [{ kind: 'close' }]);
      if (thrown === 'nothing') {
        return 'send() on a closing channel throws nothing in this browser; the Java peer shows nothing of it';
      }
      equal('send()', thrown, 'InvalidStateError');
    },
  },
];
