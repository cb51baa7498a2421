/**
 * Tells of a network that is another one, or is back, where the browser notices.
 *
 * @param {() => void} changed
 * @returns {() => void} ends it
 */
export function onNetworkChange(changed) {
  // Only Chromium has it (https://wicg.github.io/netinfo/).
  const { connection } = /** @type {{ connection?: EventTarget }} */ (globalThis.navigator ?? {});
  globalThis.addEventListener?.('online', changed);
  connection?.addEventListener('change', changed);
  return () => {
    globalThis.removeEventListener?.('online', changed);
    connection?.removeEventListener('change', changed);
  };
}
