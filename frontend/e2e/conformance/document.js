import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { table } from './rows.js';

/** Where the table stands for people. */
export const DOCUMENT = fileURLToPath(new URL('../../../docs/conformance.md', import.meta.url));

const INTRODUCTION = `# Conformance

What a browser does with a data channel, and what the Java peer must show. Each row runs in Chromium and in Firefox against
the built jar, with handlers that write down every call that they get (\`src/test/java/dev/peerhost/conformance\`): both ends
are asserted. \`bin/test --only e2e\` runs it and reports each row by browser; a row that a browser cannot do says why, by
trying it out and not by the browser's name. Rows come from \`frontend/e2e/conformance/rows\`; this file is written by
\`node frontend/e2e/conformance/document.js\`, and a test fails when it differs.

Three limits are the WebRTC library's (webrtc-java 0.14.0), and rows hold them fast:

- It damages characters above U+FFFF in labels and protocols, and cuts both at a NUL. Escape such characters in a parameter
  of the label (\`URLSearchParams\`); messages have no such limit.
- What a browser sends and closes on a channel in the very moment that it opens may be dropped: wait for an answer before you
  close. The Java peer shows the open and the close.
- Calls on one channel come in its order; between two channels there is none.

Not solved: in Firefox, about one run in 25 of "restarts ICE three times" and of "sends 200 messages of 16 KiB and closes at
once" stalls for more than 30 s, and the row fails (2 of 50 each). Whether Firefox or the Java peer is at fault is not known.
`;

/** @param {string} text for a cell of a table */
const cell = (text) => text.replaceAll('|', '\\|');

/** @returns {string} the table in Markdown */
export function document() {
  let number = 0;
  const parts = Object.entries(table).map(([heading, rows]) => {
    const lines = rows.map(({ step, java }) => `| ${++number} | ${cell(step)} | ${cell(java)} |`);
    return `\n## ${heading}\n\n| | The browser | The Java peer shows |\n|---|---|---|\n${lines.join('\n')}\n`;
  });
  return INTRODUCTION + parts.join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(DOCUMENT, document());
}
