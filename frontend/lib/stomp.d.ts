export { Client, Versions } from '@stomp/stompjs';
