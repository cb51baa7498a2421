import { after } from 'node:test';

/** @typedef {{ stop: () => Promise<void> } | { close: () => Promise<void> }} Part a server or a browser */

/**
 * Starts what a test file needs, all at once, and ends it after its tests. Await it at the top of the file: when one part
 * does not start, the file ends with that error alone, and no test of it begins.
 *
 * @template {Record<string, () => Promise<Part>>} Starts
 * @param {Starts} starts by name; a part may need those before it until it has ended
 * @returns {Promise<{ [Name in keyof Starts]: Awaited<ReturnType<Starts[Name]>> }>} by the same names; who starts another
 *   part in the place of one puts it in here, so that it is ended too
 * @throws {Error} the first that did not start; what did has ended by then
 */
export async function stage(starts) {
  const names = Object.keys(starts);
  const attempts = await Promise.allSettled(names.map((name) => starts[name]()));
  const parts = Object.fromEntries(
    attempts.flatMap((attempt, i) => (attempt.status === 'fulfilled' ? [[names[i], attempt.value]] : [])),
  );
  const failed = attempts.find((attempt) => attempt.status === 'rejected');
  if (failed) {
    await end(parts).catch(() => 'its own error says more');
    throw failed.reason;
  }
  after(() => end(parts));
  return /** @type {any} */ (parts);
}

/** @param {Record<string, Part>} parts ended last to first, each whatever becomes of the others */
async function end(parts) {
  /** @type {unknown[]} */
  const errors = [];
  for (const part of Object.values(parts).reverse()) {
    await ('stop' in part ? part.stop() : part.close()).catch((error) => errors.push(error));
  }
  if (errors.length > 0) {
    throw errors[0];
  }
}
