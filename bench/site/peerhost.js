import { joinRoom } from '/__/peerhost/peerhost.js';

/** @type {import('/__/peerhost/peerhost.js').Room} */
let room;

/** Is there first, as a page would be: in the room, and ready for the channel. */
export async function wait(name) {
  room = await joinRoom(name);
  room.channel('chat');
}

/** @returns {Promise<number>} milliseconds from joinRoom to the open channel to the one who waits */
export async function toBrowser(name) {
  const start = performance.now();
  room = await joinRoom(name);
  const chat = room.channel('chat');
  if (chat.readyState !== 'open') {
    await new Promise((resolve) => chat.addEventListener('open', resolve, { once: true }));
  }
  return performance.now() - start;
}

/** @returns {Promise<number>} milliseconds from joinRoom to the open channel to the Java peer */
export async function toServer(name) {
  const start = performance.now();
  room = await joinRoom(name);
  const echo = room.server.channel('echo');
  await new Promise((resolve) => echo.addEventListener('open', resolve, { once: true }));
  return performance.now() - start;
}

export function leave() {
  room.leave();
}
