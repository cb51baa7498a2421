import { closed, equal, Inbox } from '../await.js';

/** @typedef {import('../rows.js').Row} Row */

/** Milliseconds within which a closed connection is free. */
const AT_ONCE = 1_000;

/** Milliseconds after which a close that has not come is stuck: SCTP asks for it anew every RTO, at first 0.4 s. */
const STUCK = 5_000;

/**
 * @param {RTCDataChannel} channel
 * @returns {string[]} its states and events, as they come
 */
function history(channel) {
  /** @type {string[]} */
  const seen = [];
  for (const type of ['open', 'close', 'error']) {
    channel.addEventListener(type, () => seen.push(`${type}: ${channel.readyState}`));
  }
  return seen;
}

/** @type {Row[]} */
export const closing = [
  {
    step: 'closes a channel',
    java: 'one close, after its messages',
    async run(visit) {
      const channel = visit.channel();
      const seen = history(channel);
      await visit.connect();
      channel.send('last');
      await visit.calls({ events: 2 });
      channel.close();
      channel.close();
      equal('readyState', channel.readyState, 'closing');
      await closed(channel);
      equal('the Java peer', await visit.kinds({ closed: 1 }), ['open', 'text', 'close']);
      equal('the browser', seen, ['open: open', 'close: closed']);
    },
  },
  {
    step: 'has its channel closed by the Java peer after a message',
    java: 'the message and one close; the browser gets one close, not an error',
    async run(visit) {
      const channel = visit.channel('close=message');
      const seen = history(channel);
      await visit.connect();
      channel.send('enough');
      await closed(channel);
      equal('the Java peer', await visit.kinds({ closed: 1 }), ['open', 'text', 'close']);
      equal('the browser', seen, ['open: open', 'close: closed']);
    },
  },
  {
    step: 'has its channel closed by the Java peer in open',
    java: 'one open and one close, and none of the messages after',
    async run(visit) {
      const channel = visit.channel('close=open');
      channel.onopen = () => channel.send('too late');
      await visit.connect().catch(() => undefined);
      await closed(channel);
      equal('the Java peer', await visit.kinds({ closed: 1 }), ['open', 'close']);
    },
  },
  {
    step: 'sends 200 messages of 16 KiB and closes at once',
    java: 'all of them before the close, which a lost packet may put off until pc.close()',
    async run(visit) {
      const channel = visit.channel();
      await visit.connect();
      await visit.calls({ events: 1 });
      for (let i = 0; i < 200; i++) {
        channel.send(new Uint8Array(16_384));
      }
      channel.close();
      await visit.shown({ events: 201 });
      // The WebRTC library answers "in progress" for ever to a close that has overtaken a message (docs/conformance.md).
      await Promise.race([closed(channel), new Promise((resolve) => setTimeout(resolve, STUCK))]);
      visit.pc.close();
      const [{ calls }] = await visit.shown({ closed: 1 });
      equal('the Java peer', [calls.length, calls.filter(({ size }) => size === 16_384).length], [201, 200]);
      equal('its last call', calls.at(-1), { kind: 'close' });
    },
  },
  {
    step: 'reads 2 MiB that the Java peer sends before it closes',
    java: 'all sent before the close takes effect',
    async run(visit) {
      const channel = visit.labelled('source?count=128&size=16384');
      const inbox = new Inbox(channel);
      await visit.connect();
      await closed(channel);
      equal('how many came', inbox.messages.length, 128);
    },
  },
  {
    step: 'closes three of four channels in an order of its own',
    java: 'the closes in that order, and the fourth goes on',
    async run(visit) {
      const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => visit.channel(`name=${name}`));
      await visit.connect();
      await visit.calls({ events: 4 });
      for (const [i, channel] of [c, a, d].entries()) {
        channel.close();
        await closed(channel);
        await visit.calls({ closed: i + 1 });
      }
      b.send('here');
      const calls = await visit.calls({ events: 8, closed: 3 });
      const shown = await visit.shown({ events: 8 });
      equal(
        'the Java peer',
        calls
          .filter(({ kind }) => kind !== 'open')
          .map(({ channel, kind }) => `${shown[channel].parameters.name} ${kind}`),
        ['c close', 'a close', 'd close', 'b text'],
      );
    },
  },
  {
    step: 'closes 20 channels in one task',
    java: 'one close of each',
    async run(visit) {
      const channels = Array.from({ length: 20 }, () => visit.channel());
      await visit.connect();
      for (const channel of channels) {
        channel.close();
      }
      await Promise.all(channels.map(closed));
      const shown = await visit.shown({ closed: 20 });
      equal(
        'the Java peer',
        shown.map(({ calls }) => calls.map(({ kind }) => kind)),
        Array(20).fill(['close']),
      );
    },
  },
  {
    step: 'closes a channel while the Java peer closes it too',
    java: 'one close',
    async run(visit) {
      const channel = visit.channel('close=message');
      const seen = history(channel);
      await visit.connect();
      await visit.calls({ events: 1 });
      channel.send('you first');
      channel.close();
      await closed(channel);
      equal('the Java peer', await visit.kinds({ closed: 1 }), ['open', 'text', 'close']);
      equal('the browser', seen.at(-1), 'close: closed');
    },
  },
  {
    step: 'opens a channel, sends and closes it, all at once',
    java: 'one open and one close, and nothing that was not sent; the connection goes on',
    async run(visit) {
      const keeper = visit.channel('echo');
      const inbox = new Inbox(keeper);
      await visit.connect();
      await visit.calls({ events: 1 });
      for (let i = 1; i <= 10; i++) {
        const hasty = visit.channel();
        hasty.onopen = () => {
          hasty.send('hasty');
          hasty.close();
        };
        await closed(hasty);
        const [, ...shown] = await visit.shown({ closed: i });
        const kinds = shown.at(-1)?.calls.map(({ text, kind }) => text ?? kind);
        // libwebrtc drops what it has received and not yet reported when the close comes.
        equal('the Java peer', [shown.length, kinds?.filter((kind) => kind !== 'hasty')], [i, ['close']]);
      }
      keeper.send('still here');
      equal('the echo', await inbox.until(1), ['still here']);
    },
  },
  {
    step: 'closes a channel before the connection stands',
    java: 'at most its open and close, and the other channel with its message',
    async run(visit) {
      const early = visit.channel('early');
      early.close();
      const kept = visit.channel('kept');
      visit.channels = [kept];
      await visit.connect();
      kept.send('x');
      await closed(early);
      const shown = await visit.shown({ events: 2 });
      equal('the Java peer', shown.find(({ parameters }) => parameters.kept === '')?.calls, [
        { kind: 'text', size: 1, text: 'x' },
      ]);
      equal(
        'the early one',
        [[], ['close']]
          .map(String)
          .includes(
            String(
              shown
                .filter(({ parameters }) => parameters.early === '')
                .flatMap(({ calls }) => calls.map(({ kind }) => kind)),
            ),
          ),
        true,
      );
    },
  },
  {
    step: 'calls pc.close() with two open channels',
    java: 'one close of each',
    async run(visit) {
      const channels = [visit.channel(), visit.channel()];
      await visit.connect();
      for (const channel of channels) {
        channel.send('last');
      }
      await visit.calls({ events: 4 });
      visit.pc.close();
      equal(
        'the Java peer',
        (await visit.shown({ closed: 2 })).map(({ calls }) => calls.map(({ kind }) => kind)),
        Array(2).fill(['text', 'close']),
      );
    },
  },
  {
    step: 'calls pc.close(), over HTTP and in a room',
    java: 'CLOSED, and within 1 s neither the connection nor its channel',
    async run(visit) {
      const { Visit } = await import('../visit.js');
      const { Seat } = await import('../seat.js');
      const inRoom = new Visit();
      try {
        inRoom.channel();
        await Seat.connect(inRoom);
        visit.channel();
        await visit.connect();
        for (const one of [visit, inRoom]) {
          await one.calls({ events: 1 });
          equal('before', (await one.outside()).listed?.state, 'CONNECTED');
          const closed = performance.now();
          one.pc.close();
          const { states, listed } = await one.outside('gone');
          equal('after', [states.at(-1), listed], ['CLOSED', null]);
          equal('at once', performance.now() - closed < AT_ONCE, true);
          equal('its calls', await one.kinds({ closed: 1 }), ['open', 'close']);
        }
      } finally {
        inRoom.close();
      }
    },
  },
  {
    step: 'calls pc.close() right after the channel opened',
    java: 'its open and close; the next connection works',
    async run(visit) {
      visit.channel();
      await visit.connect();
      visit.pc.close();
      equal('the Java peer', await visit.kinds({ closed: 1 }), ['open', 'close']);
      const { Visit } = await import('../visit.js');
      const next = new Visit();
      try {
        equal('the next connection', (await next.sends((other) => other.send('x'), 1)).length, 1);
      } finally {
        next.close();
      }
    },
  },
];
