import { joinRoom } from '../peerhost.js';
import { next, until } from './await.js';
import { FakePeerConnection } from './fake-rtc.js';
import { SignalingServer } from './signaling-server.js';

/** @typedef {import('../peerhost.js').JoinOptions} JoinOptions */
/** @typedef {import('../room.js').Room} Room */

/**
 * Runs a test against a signaling server of its own, and asserts that nothing of it stays.
 *
 * @param {(at: { server: SignalingServer, join: (options?: JoinOptions) => Promise<Room> }) => Promise<void>} test
 */
export function withServer(test) {
  return async () => {
    const server = new SignalingServer();
    const url = await server.listen();
    /** @type {Room[]} */
    const rooms = [];
    const before = FakePeerConnection.open;
    try {
      await test({
        server,
        join: async (options) => {
          const room = await joinRoom('demo', { url, rtcConfig: {}, ...options });
          rooms.push(room);
          return room;
        },
      });
    } finally {
      for (const room of rooms) {
        room.leave();
      }
      await server.close();
    }
    await until(() => FakePeerConnection.open === before);
  };
}

/**
 * Two in a room, who know each other.
 *
 * @param {(options?: JoinOptions) => Promise<Room>} join
 */
export async function pairIn(join) {
  const present = await join({ name: 'Present' });
  const joined = next(present, 'peerjoin');
  const newcomer = await join({ name: 'Newcomer' });
  const { peer: toNewcomer } = /** @type {{ peer: import('../peer.js').Peer }} */ (await joined);
  const [toPresent] = newcomer.peers.values();
  return { present, newcomer, toNewcomer, toPresent };
}
