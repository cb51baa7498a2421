import { onNetworkChange } from './network.js';

/**
 * Follows the page to its end (https://html.spec.whatwg.org/#the-pagetransitionevent-interface), and the network that it is on,
 * as far as the browser notices.
 *
 * @param {AbortSignal} signal ends it
 * @param {object} listener
 * @param {() => void} listener.suspend the browser puts the page aside as it is: it may come back
 * @param {() => void} listener.gone the page ends
 * @param {() => void} listener.changed the page is back, or the network is, or it is another one
 */
export function followPage(signal, { suspend, gone, changed }) {
  /** @type {(type: string, handle: (event: any) => void) => void} */
  const on = (type, handle) => globalThis.addEventListener?.(type, handle, { signal });
  on('pagehide', ({ persisted }) => (persisted ? suspend() : gone()));
  on('pageshow', changed);
  onNetworkChange(changed, signal);
}
