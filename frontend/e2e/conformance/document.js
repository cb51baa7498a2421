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

Four limits are the WebRTC library's (webrtc-java 0.14.0, libwebrtc m138), and rows hold them fast:

- It damages characters above U+FFFF in labels and protocols, and cuts both at a NUL. Escape such characters in a parameter
  of the label (\`URLSearchParams\`); messages have no such limit.
- What a browser sends and closes on a channel in the very moment that it opens may be dropped: wait for an answer before you
  close. The Java peer shows the open and the close.
- A close that overtakes a message, because a packet of it was lost, may stay "closing" at the browser until the connection
  ends. All messages arrive. The library answers the request to reset the stream with "In progress" (RFC 6525 section
  5.2.2); newer browsers (Firefox ESR 153, Chromium 156) ask again under the same number; and the library, which expects a
  new one, takes that for a repetition and repeats its answer, every 0.4 s and for ever. Its own packet log shows it: the
  last TSN of the request is acknowledged 18 ms after the first answer, and 68 more answers say the same. Two such peers of
  one version do understand each other. Wait for an answer before you close, or close the connection.
- Calls on one channel come in its order; between two channels there is none.

One is Firefox's (ESR 153): it ends DTLS, and so the connection, when it has something to send after a second ICE restart
that came before the first had found its pair. Its log has "Couldn't send media", NSS's SSL_ERROR_SOCKET_WRITE_FAILURE and
then DTLS in state failed. No Java is needed: two connections of one page that restart ICE three times at once, with a
message after each step, failed in 43 of 60 runs, and in 0 of 15 with a second between the restarts; Chromium's never
(0 of 30). So a row restarts ICE again only when the pair of the restart before is in use, and so should a page.
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
