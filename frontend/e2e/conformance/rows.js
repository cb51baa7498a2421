import { bounds } from './rows/bounds.js';
import { buffering } from './rows/buffering.js';
import { closing } from './rows/closing.js';
import { kinds } from './rows/kinds.js';
import { labels } from './rows/labels.js';
import { negotiation } from './rows/negotiation.js';
import { opening } from './rows/opening.js';
import { order } from './rows/order.js';
import { restart } from './rows/restart.js';

/**
 * @typedef {object} Row
 * @property {string} step what the browser does, and the row's name
 * @property {string} java what the Java peer must show
 * @property {(visit: import('./visit.js').Visit) => Promise<string | void>} run does it and checks it, or tells why this
 *   browser cannot
 */

/** @type {Record<string, Row[]>} the table, by its headings */
export const table = {
  'Kinds of messages': kinds,
  'Sizes of messages': bounds,
  'Order and reliability': order,
  'Buffered amount': buffering,
  'Opening and ids': opening,
  'Labels and protocols': labels,
  Closing: closing,
  'Negotiation, states and candidates': negotiation,
  'ICE restart': restart,
};

/** Every row. */
export const rows = Object.values(table).flat();
