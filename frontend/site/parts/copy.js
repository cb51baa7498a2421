import { element } from './page.js';

/**
 * Lets a button copy a field's text.
 *
 * @param {string} buttonId
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 */
export function copyOnPress(buttonId, field) {
  const button = element(buttonId, HTMLButtonElement);
  const label = button.textContent;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  button.addEventListener('click', async () => {
    button.textContent = (await copy(field)) ? 'Copied' : 'Selected: press Ctrl+C';
    clearTimeout(timer);
    timer = setTimeout(() => {
      button.textContent = label;
    }, 2000);
  });
}

/**
 * Copies a field's text, and leaves it selected, so that the user can copy it by hand where a page may not.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @returns {Promise<boolean>} whether it is on the clipboard
 */
async function copy(field) {
  field.focus();
  field.select();
  // The older way is the only one at http://LAN-ADDRESS: no secure context, no navigator.clipboard.
  if (document.execCommand('copy')) return true;
  try {
    await navigator.clipboard?.writeText(field.value);
    return Boolean(navigator.clipboard);
  } catch {
    return false;
  }
}
