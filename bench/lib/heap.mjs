import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { JAVA } from './servers.mjs';

const LISTED = 24;

/** @typedef {Map<string, { objects: number, bytes: number }>} Histogram what lives in a Java heap, by class */

/**
 * @param {number} pid of a Java process
 * @returns {Promise<Histogram>} what a full garbage collection leaves
 */
export async function live(pid) {
  const jcmd = JAVA.replace(/java$/, 'jcmd');
  const { stdout } = await promisify(execFile)(jcmd, [String(pid), 'GC.class_histogram'], { maxBuffer: 2 ** 26 });
  const lines = stdout.matchAll(/^\s*\d+:\s+(\d+)\s+(\d+)\s+(\S+)/gm);
  return new Map([...lines].map(([, objects, bytes, name]) => [name, { objects: +objects, bytes: +bytes }]));
}

/**
 * @param {Histogram} before
 * @param {Histogram} after
 * @param {number} count of what came in between
 * @returns {string[][]} what one of them takes: class, objects, bytes; the largest, the rest, and all
 */
export function growth(before, after, count) {
  const grown = [...after].map(([name, { objects, bytes }]) => {
    const old = before.get(name) ?? { objects: 0, bytes: 0 };
    return { name, objects: (objects - old.objects) / count, bytes: (bytes - old.bytes) / count };
  });
  grown.sort((a, b) => b.bytes - a.bytes);
  const sum = (list, key) => list.reduce((all, entry) => all + entry[key], 0);
  const row = (name, list) => [name, sum(list, 'objects').toFixed(1), sum(list, 'bytes').toFixed(0)];
  return [
    ...grown.slice(0, LISTED).map((entry) => row(`\`${entry.name}\``, [entry])),
    row('all others', grown.slice(LISTED)),
    row('**all**', grown),
  ];
}
