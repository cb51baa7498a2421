import puppeteer from 'puppeteer-core';
import { CHROMIUM_FLAGS } from '../../frontend/e2e/chromium-flags.js';

/** How long one step in a page may take, milliseconds. */
const PATIENCE = 60_000;

/** @returns {Promise<import('puppeteer-core').Browser>} a real headless Chromium with its defaults for WebRTC */
export const chromium = () =>
  puppeteer.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM_FLAGS, protocolTimeout: PATIENCE });

/**
 * Opens a window that runs one of the modules of bench/site.
 *
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} url of the server that hosts bench/site
 * @param {string} module its name without .js
 * @param {string} [library] a script that the page loads first
 * @returns {Promise<(name: string, ...args: unknown[]) => Promise<unknown>>} calls one of the module's exports
 */
export async function open(browser, url, module, library) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.goto(`${url}/`);
  if (library) {
    await page.addScriptTag({ path: library });
  }
  const exports = await page.evaluateHandle((file) => import(file), `/${module}.js`);
  return (name, ...args) => page.evaluate((all, which, values) => all[which](...values), exports, name, args);
}
