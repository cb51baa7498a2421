import puppeteer from 'puppeteer-core';
import { CHROMIUM_FLAGS } from './chromium-flags.js';

const PATIENCE = 20_000;

/** In milliseconds, and not with each frame drawn: a window in the background draws none. */
const POLLING = { polling: 20 };

/** @typedef {import('puppeteer-core').Browser} Browser */
/** @typedef {import('puppeteer-core').Page} Page */

/** Where Chromium is. */
export const CHROMIUM = '/usr/bin/chromium';

/**
 * @param {Record<string, boolean>} [prefs] of about:config
 * @returns {Promise<Browser>} a real headless Firefox, driven over WebDriver BiDi
 */
export const firefox = (prefs = {}) =>
  puppeteer.launch({
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    headless: true,
    extraPrefsFirefox: prefs,
  });

/**
 * @param {string} [executablePath]
 * @param {string[]} [flags] more of them
 * @returns {Promise<Browser>} a real headless Chromium, driven over a pipe
 */
export const chromium = (executablePath = CHROMIUM, flags = []) =>
  puppeteer.launch({ executablePath, args: [...CHROMIUM_FLAGS, ...flags], pipe: true });

/**
 * Opens a page that keeps what goes wrong in it.
 *
 * @param {Browser} browser
 * @param {string} url
 * @returns {Promise<Window>}
 */
export async function open(browser, url) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      errors.push(message.text());
    }
  });
  page.setDefaultTimeout(PATIENCE);
  await page.goto(url);
  return new Window(page, errors);
}

/** One page as a user sees it. */
export class Window {
  #page;
  #errors;

  /**
   * @param {Page} page
   * @param {string[]} errors uncaught errors and console errors, as they come
   */
  constructor(page, errors) {
    this.#page = page;
    this.#errors = errors;
  }

  /** Ends the page without a word. */
  close() {
    return this.#page.close();
  }

  /** Uncaught errors and console errors so far. */
  get errors() {
    return this.#errors;
  }

  /**
   * Runs a function in the page.
   *
   * @template {unknown[]} Arguments
   * @template Result
   * @param {(...parameters: Arguments) => Result} code
   * @param {Arguments} parameters
   */
  run(code, ...parameters) {
    return this.#page.evaluate(/** @type {any} */ (code), ...parameters);
  }

  /** @param {string} expression of the page, awaited to be true */
  holds(expression) {
    return this.#page.waitForFunction(expression, POLLING);
  }

  /** @param {string} selector waits for an element that is not disabled and clicks it */
  async click(selector) {
    const element = await this.see(`${selector}:not(:disabled)`);
    await element?.click();
  }

  /** @param {string} selector waits for an element */
  see(selector) {
    return this.#page.waitForSelector(selector);
  }

  /**
   * @param {string} selector
   * @param {string} text waits until an element shows it
   */
  async read(selector, text) {
    await this.#page.waitForFunction(
      (which, what) => [...document.querySelectorAll(which)].some((element) => element.textContent?.includes(what)),
      POLLING,
      selector,
      text,
    );
  }

  /**
   * @param {string} selector
   * @param {string} text replaces what stands in a field, at once, as a paste does
   */
  async paste(selector, text) {
    await this.#page.$eval(
      selector,
      (field, value) => {
        Object.assign(field, { value });
        field.dispatchEvent(new Event('input', { bubbles: true }));
      },
      text,
    );
  }

  /** @param {string} text types a message and presses Enter once it can be sent */
  async say(text) {
    await this.see('#send:not(:disabled)');
    await this.#page.type('#message', text);
    await this.#page.keyboard.press('Enter');
  }

  /**
   * Waits for the lab's local description with its candidates in it.
   *
   * @param {'offer' | 'answer'} type
   * @returns {Promise<string>} the JSON
   */
  async description(type) {
    const field = await this.#page.waitForFunction(
      (wanted) => {
        const element = document.querySelector('#local-description');
        const text = element instanceof HTMLTextAreaElement ? element.value : '';
        return text.includes(`"${wanted}"`) && text.includes('a=candidate') && text;
      },
      {},
      type,
    );
    return String(await field.jsonValue());
  }
}
