/**
 * Tells of a network that is another one, or is back, where the browser notices.
 *
 * @param {() => void} changed
 * @param {AbortSignal} signal ends it
 */
export function onNetworkChange(changed, signal) {
  // Only Chromium has it (https://wicg.github.io/netinfo/).
  const { connection } = /** @type {{ connection?: EventTarget }} */ (globalThis.navigator ?? {});
  globalThis.addEventListener?.('online', changed, { signal });
  connection?.addEventListener('change', changed, { signal });
}
