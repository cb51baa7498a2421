import { rows } from './rows.js';
import { Visit } from './visit.js';

/**
 * Runs one row.
 *
 * @param {string} step names the row
 * @returns {Promise<string | null>} why this browser cannot do it, or null when all is as it should be
 */
async function run(step) {
  const visit = new Visit();
  try {
    return (await rows.find((row) => row.step === step)?.run(visit)) ?? null;
  } finally {
    visit.close();
  }
}

Object.assign(globalThis, { conformance: run });
