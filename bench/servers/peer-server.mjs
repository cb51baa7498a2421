// PeerServer without its default limit of 5,000 clients and one minute of silence.
import { PeerServer } from 'peer';

const [, , port] = process.argv;
PeerServer({ port: Number(port), host: '127.0.0.1', path: '/', concurrent_limit: 20_000, alive_timeout: 600_000 });
