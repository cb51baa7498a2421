import { PeerhostError } from './errors.js';

/**
 * The second part of the library: loaded when the first one is, and there before a room lets anybody in, so that no network
 * that breaks later keeps it away.
 *
 * @type {typeof import('./traffic.js')}
 */
export let traffic;

/** @throws {PeerhostError} MODULE_UNAVAILABLE; the next call tries again */
export async function loadTraffic() {
  try {
    traffic ??= await import('./traffic.js');
  } catch (cause) {
    throw new PeerhostError('MODULE_UNAVAILABLE', `A part of the library cannot be loaded: ${cause}`, { cause });
  }
}
