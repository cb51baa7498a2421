import { closed, equal, Inbox, opened, thrownBy } from '../await.js';

/** @typedef {import('../rows.js').Row} Row */

const UNICODE = 'Grüße שלום e\u0301 \uFFFD';
const LONGEST = 65_535;

/**
 * @param {string} step
 * @param {string} java
 * @param {string} label
 * @param {string} protocol
 * @param {[string, string]} expected as the Java peer shows them
 * @returns {Row}
 */
const named = (step, java, label, protocol, expected) => ({
  step,
  java,
  async run(visit) {
    visit.channel();
    const channel = visit.labelled(label, { protocol });
    await visit.connect();
    channel.send('x');
    const shown = await visit.shown({ events: 3 });
    const other = shown.find(({ parameters }) => parameters.visit === undefined);
    equal('the Java peer', [other?.label, other?.protocol], expected);
    equal('its message', other?.calls, [{ kind: 'text', size: 1, text: 'x' }]);
  },
});

/** @type {Row[]} */
export const labels = [
  named('names neither label nor protocol', 'both empty', '', '', ['', '']),
  named('has a label and a protocol of one character', 'the same', 'x', 'y', ['x', 'y']),
  named('has a label and a protocol of many scripts', 'the same', UNICODE, UNICODE, [UNICODE, UNICODE]),
  named('has NUL in label and protocol', 'what stands before it: the WebRTC library cuts both there', 'x\0y', 'c\0d', [
    'x',
    'c',
  ]),
  {
    step: 'has characters above U+FFFF in its label, and the same escaped in a parameter',
    java: 'the parameter; the WebRTC library damages the label, which then is unknown and closed',
    async run(visit) {
      const query = new URLSearchParams({ emoji: '👋' });
      const channel = visit.channel(`echo&${query}`);
      await visit.connect();
      await closed(visit.labelled('👋'));
      const inbox = new Inbox(channel);
      channel.send('still here');
      equal('the echo', await inbox.until(1), ['still here']);
      equal(
        'the Java peer',
        (await visit.shown({ events: 2 })).map(({ parameters }) => parameters.emoji),
        ['👋'],
      );
    },
  },
  named('has lone surrogates in label and protocol', 'U+FFFD for each', `${UNICODE.slice(0, -1)}\uD800`, '\uDC00', [
    UNICODE,
    '\uFFFD',
  ]),
  named('has a label of 65,535 bytes', 'the same', 'L'.repeat(LONGEST), '', ['L'.repeat(LONGEST), '']),
  named('has a protocol of 65,535 bytes', 'the same', 'x', 'p'.repeat(LONGEST), ['x', 'p'.repeat(LONGEST)]),
  {
    step: 'tries a label, and a protocol, of 65,536 bytes',
    java: 'neither: createDataChannel() throws, and its channel goes on',
    async run(visit) {
      const tooLong = `${'é'.repeat(LONGEST / 2)}ab`;
      equal(
        'createDataChannel()',
        [thrownBy(() => visit.labelled(tooLong)), thrownBy(() => visit.labelled('x', { protocol: tooLong }))],
        ['TypeError', 'TypeError'],
      );
      equal('the Java peer', (await visit.sends((channel) => channel.send('x'), 1)).length, 1);
    },
  },
  {
    step: 'has parameters in its label, escaped as URLSearchParams does',
    java: 'them unescaped, the first of two with one name',
    async run(visit) {
      const query = new URLSearchParams([
        ['q', 'a b&c=d?'],
        ['emoji', '👋'],
        ['q', 'second'],
      ]);
      visit.channel(`${query}`);
      await visit.connect();
      const [{ label, parameters }] = await visit.shown({ events: 1 });
      equal('the Java peer', [label, parameters], ['inspect', { visit: visit.id, q: 'a b&c=d?', emoji: '👋' }]);
    },
  },
  {
    step: 'gives two channels one label',
    java: 'two channels, and on each what was sent on it',
    async run(visit) {
      const [one, two] = [visit.channel('echo'), visit.channel('echo')];
      const inboxes = [new Inbox(one), new Inbox(two)];
      await visit.connect();
      one.send('one');
      two.send('two');
      equal('the echoes', await Promise.all(inboxes.map((inbox) => inbox.until(1))), [['one'], ['two']]);
      const shown = await visit.shown({ events: 4 });
      equal('the Java peer', shown.map(({ calls }) => calls.map(({ text }) => text)).toSorted(), [['one'], ['two']]);
    },
  },
  {
    step: 'opens a label that nobody answers on',
    java: 'a close of that channel alone',
    async run(visit) {
      const channel = visit.channel('echo');
      const inbox = new Inbox(channel);
      await visit.connect();
      const unknown = visit.labelled('nobody answers on this');
      await closed(unknown);
      channel.send('still here');
      equal('the echo', await inbox.until(1), ['still here']);
      equal('the Java peer', (await visit.shown({ events: 2 })).length, 1);
    },
  },
  {
    step: 'opens a label anew after it was closed',
    java: 'a second open after the first close, with messages of its own',
    async run(visit) {
      const first = visit.channel();
      await visit.connect();
      first.send('first');
      await visit.calls({ events: 2 });
      first.close();
      await closed(first);
      await visit.calls({ closed: 1 });
      const second = visit.channel();
      await opened(second);
      second.send('second');
      equal(
        'the Java peer',
        (await visit.calls({ events: 5 })).map(({ channel, kind, text }) => `${channel} ${text ?? kind}`),
        ['0 open', '0 first', '0 close', '1 open', '1 second'],
      );
    },
  },
];
