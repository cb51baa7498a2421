import { joinRoom } from '/__/peerhost/peerhost.js';
import { addEntry } from '../parts/conversation.js';
import { element, showError } from '../parts/page.js';
import { receiveFiles } from './files.js';
import { nameOf, showPeer } from './peers.js';

/** @typedef {import('/__/peerhost/peerhost.js').Peer} Peer */
/** @typedef {import('/__/peerhost/peerhost.js').Room} Room */

/** @param {string} id of a list of the page @returns {HTMLElement} another one, empty */
const emptyLike = (id) => /** @type {HTMLElement} */ (element(id, HTMLElement).cloneNode(false));

/** A room that this page is in, and what is seen of it: its messages, its peers and its tab. */
export class Stay {
  id;
  /** @type {Room | undefined} from when it has let us in until we leave */
  room;
  /** @type {import('../parts/page.js').State} */
  state = 'new';
  tab = document.createElement('li');
  #log = emptyLike('log');
  #peers = emptyLike('peers');
  #button = document.createElement('button');
  #news = Object.assign(document.createElement('span'), { className: 'news' });
  #unread = 0;
  /** Ends a join that is still under way. */
  #joining = new AbortController();
  #changed;

  /**
   * @param {string} id of the room
   * @param {object} on
   * @param {(stay: Stay) => void} on.changed its state, or whether there is somebody to send to
   * @param {(stay: Stay) => void} on.chosen its tab was pressed
   */
  constructor(id, { changed, chosen }) {
    this.id = id;
    this.#changed = changed;
    this.#button.type = 'button';
    // A long one is cut off on its tab.
    this.#button.title = id;
    this.#button.append(
      Object.assign(document.createElement('span'), { className: 'name', textContent: id }),
      this.#news,
    );
    this.#button.addEventListener('click', () => chosen(this));
    this.tab.append(this.#button);
  }

  /** Whether there is somebody to send to. */
  get ready() {
    return this.room?.channel('chat').readyState === 'open';
  }

  /** @param {string} name what the others see, or an empty string */
  async join(name) {
    this.room = undefined;
    this.#joining = new AbortController();
    const { signal } = this.#joining;
    this.#enter('connecting');
    try {
      this.room = await joinRoom(this.id, { ...(name && { name }), signal });
      this.#follow(this.room);
    } catch (problem) {
      this.#enter('closed');
      if (!signal.aborted) throw problem;
    }
  }

  leave() {
    const { room } = this;
    this.room = undefined;
    this.#joining.abort();
    room?.leave();
    this.#enter('closed');
  }

  /** @param {string} text to everybody in the room; resolves when it was taken */
  async say(text) {
    if (!this.room) throw new Error(`You are not in the room ${this.id} yet.`);
    await this.room.channel('chat').send(text);
    this.add({ from: 'me', name: 'You', text });
  }

  /**
   * @param {import('../parts/conversation.js').Entry} entry
   * @returns {HTMLElement} the message in its log
   */
  add(entry) {
    if (!this.#log.isConnected) this.#news.textContent = `${++this.#unread} new`;
    return addEntry(entry, this.#log);
  }

  /** Puts its messages and its peers on the page, in the place of another's. */
  show() {
    for (const tab of document.querySelectorAll('#rooms button')) tab.removeAttribute('aria-current');
    this.#button.setAttribute('aria-current', 'true');
    this.#unread = 0;
    this.#news.textContent = '';
    if (this.#log.isConnected) return;
    element('log', HTMLElement).replaceWith(this.#log);
    element('peers', HTMLElement).replaceWith(this.#peers);
    const scroller = /** @type {HTMLElement} */ (this.#log.parentElement);
    scroller.scrollTop = scroller.scrollHeight;
  }

  /** @param {import('../parts/page.js').State} state */
  #enter(state) {
    this.state = state;
    this.#button.dataset.state = state;
    if (state === 'closed') this.#peers.replaceChildren();
    this.#changed(this);
  }

  /** @param {Room} room */
  #follow(room) {
    const chat = room.channel('chat');
    // What comes late of a room that was left says nothing about one that was joined since.
    const update = () => this.room === room && this.#enter(room.state);
    room.addEventListener('statechange', update);
    room.addEventListener('error', ({ error }) => showError(error));
    chat.addEventListener('open', update);
    chat.addEventListener('close', update);
    chat.addEventListener('error', ({ error }) => showError(error));
    chat.addEventListener('message', ({ peer, data }) => {
      const text = typeof data === 'string' ? data : `(${data.byteLength ?? data.size} bytes that are no text)`;
      this.add({ from: peer.id, name: nameOf(peer), text });
    });
    receiveFiles(room, (entry) => this.add(entry));
    // A request that each page answers by itself.
    const clock = room.action('clock');
    clock.respond(() => new Date().toLocaleTimeString([], { timeZoneName: 'short' }));
    // The answer is anybody's text.
    const timeAt = async (/** @type {Peer} */ peer) =>
      String(await clock.request(peer, null, { timeout: 5_000 })).slice(0, 64);
    room.addEventListener('peerjoin', ({ peer }) => showPeer(peer, timeAt, this.#peers));
    for (const peer of room.peers.values()) showPeer(peer, timeAt, this.#peers);
    update();
  }
}
