// The floor: a relay on bare ws. `{"join":ROOM}` joins, which is answered with `{}`; anything else goes to all others there.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const [, , port] = process.argv;
const rooms = new Map();
const http = createServer((_, response) => response.end());
const server = new WebSocketServer({ server: http, perMessageDeflate: false });

server.on('connection', (socket) => {
  let room = new Set();
  socket.on('message', (data) => {
    const { join } = JSON.parse(data);
    if (join === undefined) {
      for (const other of room) {
        if (other !== socket) {
          other.send(data, { binary: false });
        }
      }
      return;
    }
    room = rooms.get(join) ?? new Set();
    rooms.set(join, room.add(socket));
    socket.on('close', () => room.delete(socket) && room.size === 0 && rooms.delete(join));
    socket.send('{}');
  });
});

http.listen(Number(port), '127.0.0.1', 2048);
