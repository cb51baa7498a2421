// Run as a process of its own, by reset.test.js: so many clients, ten to a room, which lose their sockets when told to.
import '../../lib/testing/setup.js';

const { Signaling } = await import('../../lib/signaling.js');

const [, , url, count] = process.argv;
const PER_ROOM = 10;
const AT_ONCE = 50;

/** @type {Set<any>} */
const sockets = new Set();
globalThis.WebSocket = new Proxy(globalThis.WebSocket, {
  construct(target, how) {
    const socket = Reflect.construct(target, how);
    socket.addEventListener('open', () => sockets.add(socket));
    socket.addEventListener('close', () => sockets.delete(socket));
    return socket;
  },
});

/** @type {{ welcomes: { at: number, resumed: boolean }[], losses: number }[]} */
const clients = [];

/** @param {number} number */
function connect(number) {
  return new Promise((joined) => {
    /** @type {(typeof clients)[number]} */
    const client = { welcomes: [], losses: 0 };
    clients.push(client);
    const signaling = new Signaling(url, {
      welcome: (resumed) => {
        client.welcomes.push({ at: Date.now(), resumed });
        if (!resumed) {
          signaling.send(`/app/rooms/reset-${Math.floor(number / PER_ROOM)}/join`, {});
        }
      },
      message: ({ type }) => type === 'roster' && joined(undefined),
      lost: () => client.losses++,
    });
    signaling.connect();
  });
}

let next = 0;
const some = async () => {
  while (next < Number(count)) {
    await connect(next++);
  }
};
await Promise.all(Array.from({ length: AT_ONCE }, some));
process.send?.({ joined: clients.length });

process.on('message', async () => {
  const at = Date.now();
  const cpu = process.cpuUsage();
  const torn = sockets.size;
  for (const socket of sockets) {
    // What a proxy that restarts does to all its connections: RST (RFC 9293 section 3.5.2).
    socket._socket.resetAndDestroy();
  }
  while (clients.some(({ welcomes }) => welcomes.length < 2)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  process.send?.({
    torn,
    lost: clients.filter(({ losses }) => losses > 0).length,
    resumed: clients.filter(({ welcomes }) => welcomes[1].resumed).length,
    cpu: process.cpuUsage(cpu),
    took: clients.map(({ welcomes }) => welcomes[1].at - at),
  });
});
