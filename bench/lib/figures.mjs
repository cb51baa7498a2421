import { cpus, loadavg } from 'node:os';

/**
 * @param {number[]} values at least one
 * @param {number} share 0 to 1: 0.5 is the median
 * @returns {number} the smallest value that at least this share of all values does not exceed (nearest rank)
 */
export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/** @param {number[]} values */
export const median = (values) => percentile(values, 0.5);

/**
 * Prints a Markdown table with the date and the machine above it.
 *
 * @param {string} title
 * @param {string[]} head
 * @param {(string | number)[][]} rows
 */
export function print(title, head, rows) {
  const load = loadavg()
    .slice(0, 2)
    .map((average) => average.toFixed(1))
    .join(' and ');
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const lines = [
    `### ${title}`,
    '',
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, load over the last 1 and 5 minutes ${load}`,
    '',
    line(head),
    line(head.map((_, column) => (column === 0 ? '---' : '---:'))),
    ...rows.map(line),
  ];
  process.stdout.write(`${lines.join('\n')}\n\n`);
}

/**
 * Says whether a goal is held; a missed one is the exit code of the script.
 *
 * @param {string} goal
 * @param {boolean} held
 */
export function goal(goal, held) {
  process.stdout.write(`${held ? 'Held' : 'MISSED'}: ${goal}\n`);
  process.exitCode = held ? process.exitCode : 1;
}
