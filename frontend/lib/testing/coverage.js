import { relative } from 'node:path';

/** Percent of the library's lines, and of its branches, that its unit tests must run. */
const AT_LEAST = 95;

/**
 * A test reporter (https://nodejs.org/api/test.html#custom-reporters) that says how much of the library was run, and fails the
 * run where that is too little.
 *
 * @param {AsyncIterable<any>} events
 */
export default async function* coverage(events) {
  for await (const { type, data } of events) {
    if (type === 'test:coverage') {
      yield* report(data.summary);
    }
  }
}

/** @param {{ workingDirectory: string, files: any[] }} summary */
function* report({ workingDirectory, files }) {
  const library = files.filter(({ path }) => /^lib\/[\w-]+\.js$/.test(relative(workingDirectory, path)));
  for (const what of ['Line', 'Branch']) {
    const share = (/** @type {any[]} */ some) =>
      (100 * sum(some, `covered${what}Count`)) / Math.max(1, sum(some, `total${what}Count`));
    const all = share(library);
    yield `${what} coverage of ${library.length} modules of the library: ${all.toFixed(1)} %, at least ${AT_LEAST} % are asked for\n`;
    if (!(all >= AT_LEAST) || library.length === 0) {
      process.exitCode = 1;
      for (const file of library.filter((one) => share([one]) < AT_LEAST)) {
        yield `  ${relative(workingDirectory, file.path)}: ${share([file]).toFixed(1)} %\n`;
      }
    }
  }
}

/**
 * @param {any[]} files
 * @param {string} count
 */
function sum(files, count) {
  return files.reduce((total, file) => total + file[count], 0);
}
