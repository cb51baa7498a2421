import { element, onPress, showError } from '../parts/page.js';
import { Kept } from './kept.js';
import { nameOf } from './peers.js';

/** @typedef {import('/__/peerhost/peerhost.js').Room} Room */
/** @typedef {import('../parts/conversation.js').Entry} Entry */

/** What others have sent, in all rooms. */
const kept = new Kept(URL.revokeObjectURL);

/**
 * The button `#attach`: a chosen file goes to everybody in a room, with its progress in `#sending`, until `#cancel` is pressed.
 *
 * @param {() => import('./stay.js').Stay | undefined} current the room to send to
 */
export function sendFiles(current) {
  const button = element('attach', HTMLButtonElement);
  const input = element('file', HTMLInputElement);
  const sending = element('sending', HTMLElement);
  const bar = element('progress', HTMLProgressElement);
  let stop = new AbortController();
  let ready = false;
  onPress('attach', () => input.click());
  onPress('cancel', () => stop.abort('the sender has changed his mind'));
  input.addEventListener('change', async () => {
    const [file] = input.files ?? [];
    input.value = '';
    const stay = current();
    if (!file || !stay) return;
    stop = new AbortController();
    bar.value = 0;
    sending.hidden = false;
    button.disabled = true;
    element('sending-name', HTMLElement).textContent = file.name;
    try {
      await stay.room?.action('file').send(file, {
        metadata: { name: file.name, type: file.type },
        signal: stop.signal,
        // One of several receivers: it is but to be seen that it moves.
        progress: (loaded, total) => {
          bar.value = loaded / Math.max(1, total);
        },
      });
      stay.add({ from: 'me', name: 'You', text: file.name, note: size(file.size) });
    } catch (problem) {
      if (!stop.signal.aborted) showError(problem);
    }
    sending.hidden = true;
    button.disabled = !ready;
  });
  return {
    /** @param {boolean} able whether there is somebody to send to */
    enable: (able) => {
      ready = able;
      button.disabled = !able || !sending.hidden;
    },
  };
}

/**
 * Keeps the files that come in a room, for saving.
 *
 * @param {Room} room
 * @param {(entry: Entry) => HTMLElement} add to its log
 */
export function receiveFiles(room, add) {
  room.action('file').addEventListener('message', ({ peer, data, metadata }) => {
    if (!(data instanceof ArrayBuffer)) return;
    // The name is anybody's text, and no type that a browser would show as a page of this site.
    const name = String(metadata?.name ?? 'file').slice(0, 200);
    const href = URL.createObjectURL(new Blob([data], { type: 'application/octet-stream' }));
    const note = size(data.byteLength);
    const item = add({ from: peer.id, name: nameOf(peer), text: name, note, file: { href, name } });
    kept.add(href, data.byteLength, () => {
      const gone = 'Not kept any longer: newer files have taken its place. Ask for it again.';
      item.querySelector('a')?.replaceWith(Object.assign(document.createElement('span'), { textContent: gone }));
    });
  });
}

/** @param {number} bytes */
function size(bytes) {
  const kib = bytes / 1024;
  if (bytes < 1024) return `${bytes} bytes`;
  return kib < 1024 ? `${kib.toFixed(1)} KiB` : `${(kib / 1024).toFixed(1)} MiB`;
}
