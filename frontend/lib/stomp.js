export { Client, Versions } from './stompjs/index.js';
