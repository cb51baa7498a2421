/** @typedef {'new' | 'connecting' | 'connected' | 'reconnecting' | 'closed'} State */

/** @type {Record<State, string>} */
const WORDS = {
  new: 'Not connected yet',
  connecting: 'Connecting…',
  connected: 'Connected',
  reconnecting: 'Reconnecting…',
  closed: 'Closed',
};

/**
 * The element with this id.
 *
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type the element's class, such as `HTMLButtonElement`
 * @returns {T}
 * @throws {Error} when the page has none, or one of another class
 */
export function element(id, type) {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`The page has no ${type.name} with the id "${id}".`);
}

/**
 * Shows the state of the connection in `#state`, as a word to read and as `data-state`.
 *
 * @param {State} state
 */
export function showState(state) {
  const place = element('state', HTMLElement);
  if (place.dataset.state === state) return;
  place.dataset.state = state;
  place.textContent = WORDS[state];
}

/**
 * Shows what went wrong in `#error`; an empty sentence takes it away.
 *
 * @param {unknown} problem a sentence, or an error whose message is one
 */
export function showError(problem) {
  element('error', HTMLElement).textContent = problem instanceof Error ? problem.message : String(problem);
}

/**
 * Does one thing that the user asked for: clears the last error, and shows the new one if it fails.
 *
 * @param {() => unknown} action
 */
export async function attempt(action) {
  showError('');
  try {
    await action();
  } catch (problem) {
    showError(problem);
  }
}

/**
 * Does `action`, with its errors shown, whenever the button `id` is pressed and the last press is dealt with.
 *
 * @param {string} id
 * @param {() => unknown} action
 */
export function onPress(id, action) {
  let busy = false;
  element(id, HTMLButtonElement).addEventListener('click', async () => {
    if (busy) return;
    busy = true;
    await attempt(action);
    busy = false;
  });
}

document.getElementById('dismiss')?.addEventListener('click', () => showError(''));
