import { element, onPress, showError } from '../parts/page.js';
import { nameOf } from './peers.js';

/** Files that were received are kept, for their links, up to so many; then the oldest goes. */
const MAX_KEPT = 20;

/** @typedef {import('/__/peerhost/peerhost.js').Room} Room */

/**
 * The button `#attach`: a chosen file goes to everybody in the room, and what others send can be saved.
 *
 * @param {object} options
 * @param {() => Room | undefined} options.room that this page is in
 * @param {(entry: import('../parts/conversation.js').Entry) => void} options.add to the log
 */
export function files({ room, add }) {
  const button = element('attach', HTMLButtonElement);
  const input = element('file', HTMLInputElement);
  /** @type {string[]} */
  const kept = [];
  onPress('attach', () => input.click());
  input.addEventListener('change', async () => {
    const [file] = input.files ?? [];
    input.value = '';
    if (!file) return;
    try {
      await room()
        ?.action('file')
        .send(file, { metadata: { name: file.name, type: file.type } });
      add({ from: 'me', name: 'You', text: file.name, note: size(file.size) });
    } catch (problem) {
      showError(problem);
    }
  });
  return {
    /** @param {boolean} ready whether there is somebody to send to */
    enable: (ready) => {
      button.disabled = !ready;
    },
    /** @param {Room} joined */
    follow: (joined) => {
      joined.action('file').addEventListener('message', ({ peer, data, metadata }) => {
        if (!(data instanceof ArrayBuffer)) return;
        // The name is anybody's text, and no type that a browser would show as a page of this site.
        const name = String(metadata?.name ?? 'file').slice(0, 200);
        const href = URL.createObjectURL(new Blob([data], { type: 'application/octet-stream' }));
        kept.push(href);
        if (kept.length > MAX_KEPT) URL.revokeObjectURL(/** @type {string} */ (kept.shift()));
        add({ from: peer.id, name: nameOf(peer), text: name, note: size(data.byteLength), file: { href, name } });
      });
    },
  };
}

/** @param {number} bytes */
function size(bytes) {
  const kib = bytes / 1024;
  if (bytes < 1024) return `${bytes} bytes`;
  return kib < 1024 ? `${kib.toFixed(1)} KiB` : `${(kib / 1024).toFixed(1)} MiB`;
}
