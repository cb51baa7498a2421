import { closed, equal, Inbox, opened } from '../await.js';

/** @typedef {import('../rows.js').Row} Row */

/** @param {Iterable<RTCDataChannel>} channels */
const ids = (channels) => Array.from(channels, ({ id }) => id ?? -1);

/**
 * RFC 8832 section 6: the DTLS client opens channels with even ids, the server with odd ones.
 *
 * @param {'client' | 'server'} role
 * @param {string} wanted what our offer says
 * @param {string} setup what the answer must say
 * @param {number} parity
 * @returns {Row}
 */
const parity = (role, wanted, setup, parity) => ({
  step: `is the DTLS ${role} and opens three channels`,
  java: `a=setup:${setup} in its answer, and all three at ids that are ${parity ? 'odd' : 'even'}`,
  async run(visit) {
    visit.channel('number=0');
    visit.channel('number=1');
    await visit.connect((sdp) => sdp.replace('a=setup:actpass', `a=setup:${wanted}`));
    await opened(visit.channel('number=2'));
    const answer = /^a=setup:(\w+)/m.exec(visit.pc.remoteDescription?.sdp ?? '')?.[1];
    equal('the answer', answer, setup);
    equal(
      'the ids',
      ids(visit.channels).map((id) => id % 2),
      [parity, parity, parity],
    );
    equal('how many ids', new Set(ids(visit.channels)).size, 3);
    const shown = await visit.shown({ events: 3 });
    equal('the Java peer', shown.map(({ parameters }) => parameters.number).toSorted(), ['0', '1', '2']);
  },
});

/** @type {Row[]} */
export const opening = [
  {
    step: 'sends in onopen at once',
    java: 'open, and then that message first',
    async run(visit) {
      const channel = visit.channel();
      channel.onopen = () => channel.send('at once');
      await visit.connect();
      channel.send('after');
      equal(
        'the Java peer',
        (await visit.calls({ events: 3 })).map(({ kind, text }) => text ?? kind),
        ['open', 'at once', 'after'],
      );
    },
  },
  {
    step: 'listens from createDataChannel() on',
    java: 'what it sends in open, all in order and before any answer',
    async run(visit) {
      const channel = visit.channel('greet=50&echo');
      const inbox = new Inbox(channel);
      channel.onopen = () => channel.send('mine');
      await visit.connect();
      equal('what came', await inbox.until(51), [...Array.from({ length: 50 }, (_, i) => `greeting ${i + 1}`), 'mine']);
    },
  },
  {
    step: 'opens a channel on a connection that stands',
    java: 'an open without another offer',
    async run(visit) {
      visit.channel();
      await visit.connect();
      visit.pc.addEventListener('negotiationneeded', () => visit.labelled('negotiation was needed'));
      const late = visit.channel('late');
      equal('its state', late.readyState, 'connecting');
      await opened(late);
      const shown = await visit.shown({ events: 2 });
      equal('the Java peer', shown.map(({ parameters }) => parameters.late).at(-1), '');
      equal('all channels', visit.channels.length, 2);
    },
  },
  {
    step: 'opens a channel with no other before the offer than a negotiated one',
    java: 'the first that is not negotiated, as its first',
    async run(visit) {
      visit.labelled('negotiated', { negotiated: true, id: 100 });
      await visit.connect();
      await opened(visit.channel('first'));
      const shown = await visit.shown({ events: 1 });
      equal(
        'the Java peer',
        shown.map(({ label, parameters }) => [label, parameters.first]),
        [['inspect', '']],
      );
    },
  },
  {
    step: 'sends on a channel with negotiated: true, id: 7, of which the server knows nothing',
    java: 'nothing of it, while its other channel goes on',
    async run(visit) {
      const channel = visit.channel('echo');
      const negotiated = visit.labelled('unknown', { negotiated: true, id: 7 });
      const inbox = new Inbox(channel);
      await visit.connect();
      negotiated.send('to nobody');
      channel.send('to you');
      equal('the echo', await inbox.until(1), ['to you']);
      const shown = await visit.shown({ events: 2 });
      equal(
        'the Java peer',
        shown.map(({ label, calls }) => [label, calls.length]),
        [['inspect', 1]],
      );
    },
  },
  parity('server', 'actpass', 'active', 1),
  parity('client', 'active', 'passive', 0),
  {
    step: 'opens 40 channels one after another, each closed before the next',
    java: '40 opens and closes in turn, at ids that are used again',
    async run(visit) {
      const keeper = visit.channel('keeper');
      await visit.connect();
      const used = new Set();
      for (let i = 0; i < 40; i++) {
        const channel = visit.channel();
        await opened(channel);
        await visit.calls({ events: 2 * i + 2 });
        used.add(channel.id);
        channel.close();
        await closed(channel);
        await visit.calls({ closed: i + 1 });
      }
      equal('the Java peer', await visit.kinds({ closed: 40 }), [
        'open',
        ...Array.from({ length: 40 }, () => ['open', 'close']).flat(),
      ]);
      equal('ids that were used', [used.size < 40, used.has(keeper.id)], [true, false]);
    },
  },
  {
    step: 'has two connections at once, with one label',
    java: 'two peers, and what each sent on its own channel',
    async run(visit) {
      const { Visit } = await import('../visit.js');
      const other = new Visit();
      try {
        const [mine, theirs] = await Promise.all([
          visit.sends((channel) => channel.send('mine'), 1),
          other.sends((channel) => channel.send('theirs'), 1),
        ]);
        equal(
          'the Java peer',
          [mine, theirs].map((calls) => calls.map(({ text }) => text)),
          [['mine'], ['theirs']],
        );
      } finally {
        other.close();
      }
    },
  },
];
