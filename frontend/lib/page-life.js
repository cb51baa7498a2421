/** @typedef {import('./signaling.js').Signaling} Signaling */

/**
 * Follows the page to its end (https://html.spec.whatwg.org/#the-pagetransitionevent-interface). One that the browser only
 * puts aside, as it is, gives its socket up and keeps its place: it may come back.
 *
 * @param {Signaling} signaling
 * @param {() => void} gone the page ends
 * @returns {() => void} stops following
 */
export function followPage(signaling, gone) {
  const hide = (/** @type {Event} */ event) => {
    if (/** @type {PageTransitionEvent} */ (event).persisted) {
      signaling.suspend();
    } else {
      gone();
    }
  };
  const show = () => signaling.check();
  globalThis.addEventListener?.('pagehide', hide);
  globalThis.addEventListener?.('pageshow', show);
  return () => {
    globalThis.removeEventListener?.('pagehide', hide);
    globalThis.removeEventListener?.('pageshow', show);
  };
}
