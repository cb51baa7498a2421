import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { chromium, firefox } from './browsers.js';
import { startInspector } from './conformance/inspector.js';
import { table } from './conformance/rows.js';
import { stage } from './stage.js';

/** @typedef {import('puppeteer-core').Page} Page */

const PER_ROW = { timeout: 100_000 };

const { server } = await stage({ server: startInspector });

for (const [name, launch] of Object.entries({ Chromium: chromium, Firefox: firefox })) {
  describe(`${name} and the Java peer`, () => {
    /** @type {import('puppeteer-core').Browser} */
    let browser;
    /** @type {Page} */
    let page;
    /** @type {string[]} */
    const errors = [];

    before(async () => {
      browser = await launch();
      page = await browser.newPage();
      page.on('pageerror', (error) => errors.push(String(error)));
      await page.goto(server.url);
      await page.waitForFunction(() => 'conformance' in globalThis);
    });

    after(() => browser?.close());

    for (const [heading, rows] of Object.entries(table)) {
      for (const { step, java } of rows) {
        test(`${name}, ${heading}: ${step} → ${java}`, PER_ROW, async (context) => {
          const missing = await page.evaluate((which) => /** @type {any} */ (globalThis).conformance(which), step);
          assert.deepEqual(errors.splice(0), []);
          if (missing) {
            context.skip(missing);
          }
        });
      }
    }
  });
}
