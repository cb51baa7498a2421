import { attempt, element } from './page.js';

/** The log keeps this many messages; after that, the oldest goes. */
const LIMIT = 1000;

/**
 * @typedef {object} Entry
 * @property {string} from `me`, `server`, `peer` or a peer's id
 * @property {string} name who that is, for people to read
 * @property {string} text the message
 * @property {string} [note] something about it, such as its time
 * @property {{ href: string, name: string }} [file] to download
 */

/**
 * The composer (`#message`, `#send`) and the `#log`: what is typed goes to `send`, and into the log if that took it.
 *
 * @param {object} options
 * @param {(text: string) => unknown} options.send resolves when the message was taken
 * @param {boolean} [options.logs] whether a sent message is logged here (default), or by the caller
 * @param {boolean} [options.allowEmpty] whether an empty message is one
 */
export function conversation({ send, logs = true, allowEmpty = false }) {
  const message = element('message', HTMLInputElement);
  const button = element('send', HTMLButtonElement);
  element('composer', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    const text = message.value;
    if (text === '' && !allowEmpty) return;
    // Cleared now and not after sending: sending may wait, and the next message must not be lost by it.
    message.value = '';
    attempt(async () => {
      try {
        await send(text);
        if (logs) addEntry({ from: 'me', name: 'You', text });
      } catch (problem) {
        if (message.value === '') message.value = text;
        throw problem;
      }
    });
    message.focus();
  });
  return {
    /** @param {boolean} ready whether there is somebody to send to */
    enable: (ready) => {
      button.disabled = !ready;
    },
    add: addEntry,
  };
}

/**
 * Adds one message to a log, as text and never as HTML.
 *
 * @param {Entry} entry
 * @param {HTMLElement} [log] `#log` where not given
 * @returns {HTMLElement} the message
 */
export function addEntry({ from, name, text, note, file }, log = element('log', HTMLElement)) {
  const scroller = log.parentElement ?? log;
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 40;
  const item = document.createElement('li');
  item.dataset.from = from;
  item.append(part('who', name), part('text', text));
  if (file) {
    const link = Object.assign(document.createElement('a'), { href: file.href, download: file.name });
    link.textContent = 'Save';
    item.append(link);
  }
  if (note) item.append(part('note', note));
  log.append(item);
  while (log.childElementCount > LIMIT) log.firstElementChild?.remove();
  // Whoever scrolled up to read is left there.
  if (atEnd || from === 'me') scroller.scrollTop = scroller.scrollHeight;
  return item;
}

/**
 * @param {string} className
 * @param {string} text
 */
function part(className, text) {
  const span = document.createElement('span');
  span.className = className;
  span.dir = 'auto';
  span.textContent = text;
  return span;
}
