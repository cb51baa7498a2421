// Never run: tsc checks that what must compile does, and that what must not does not.
import { joinRoom } from '../peerhost.js';

export async function use() {
  const room = await joinRoom('demo', { name: 'Ada', url: '/s', rtcConfig: { iceServers: [] }, timeout: 1_000 });
  room.addEventListener('peerjoin', ({ peer }) => peer.channel('chat', { ordered: false, maxRetransmits: 0 }));
  // @ts-expect-error a room has no such event
  room.addEventListener('message', () => {});
  // @ts-expect-error who is in a room is the server's word
  room.peers.clear();
  // @ts-expect-error a server may have no peer of its own
  room.server.channel('echo');
  for (const peer of room.peers.values()) {
    peer.addEventListener('channel', ({ channel }) => channel.send(new Uint8Array(1)));
    // @ts-expect-error an id is the library's choice
    peer.channel('chat', { id: 1 });
    // @ts-expect-error numbers are no messages
    await peer.channel('chat').send(5);
  }
  const all = room.channel('chat');
  all.addEventListener('message', ({ data, peer }) => `${peer.name}: ${data}`);
  // @ts-expect-error binaryType is one of two
  all.binaryType = 'text';
  // @ts-expect-error a room's name is needed
  await joinRoom();
}
