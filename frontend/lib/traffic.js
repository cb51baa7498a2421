// What goes over a connection once it stands: messages, what the two ends ask each other, and actions.

export { Action, LABEL } from './action.js';
export { Delivery } from './delivery.js';
export { Heartbeat } from './heartbeat.js';
export { Inquiries } from './inquiries.js';
export { heard, leave } from './moving.js';
export { Plain } from './plain.js';
