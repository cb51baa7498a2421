import { open } from './browsers.js';

/**
 * A page that has joined a room by the library alone. It has `room` for the scripts that are run in it, `other()`, the first
 * peer in it, and `met()`, which waits for that peer.
 *
 * @param {import('./browsers.js').Browser} browser
 * @param {string} url of the server
 * @param {string} name of the room
 * @param {object} [options] of joinRoom
 */
export async function member(browser, url, name, options = {}) {
  // A page of ours without a script of its own.
  const window = await open(browser, `${url}/404`);
  await window.run(
    async (id, how) => {
      const { joinRoom } = await import('/__/peerhost/peerhost.js');
      const room = await joinRoom(id, how);
      const other = () => [...room.peers.values()][0];
      const met = async () => {
        if (room.peers.size === 0) {
          await new Promise((resolve) => room.addEventListener('peerjoin', resolve, { once: true }));
        }
        return other();
      };
      Object.assign(globalThis, { room, other, met });
    },
    name,
    options,
  );
  return window;
}
