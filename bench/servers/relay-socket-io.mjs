// A relay as socket.io's documentation builds it: its rooms, its acknowledgements.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const [, , port] = process.argv;
const http = createServer((_, response) => response.end());
const server = new Server(http, { transports: ['websocket'], perMessageDeflate: false });

server.on('connection', (socket) => {
  socket.on('join', async (room, joined) => {
    await socket.join(room);
    joined();
  });
  socket.on('message', (room, text) => socket.to(room).emit('message', text));
});

http.listen(Number(port), '127.0.0.1', 2048);
