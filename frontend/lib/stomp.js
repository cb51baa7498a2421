// The server puts another file in this one's place, since browsers resolve no bare names without an import map.
export { Client, Versions } from '@stomp/stompjs';
