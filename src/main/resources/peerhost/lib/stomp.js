// In the place of the npm package's own stomp.js: the server has stompjs beside the library.
export { Client, Versions } from './stompjs/index.js';
