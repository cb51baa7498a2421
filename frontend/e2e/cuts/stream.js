import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { member } from '../member.js';

/** @typedef {import('../browsers.js').Browser} Browser */
/** @typedef {import('../browsers.js').Window} Window */

/** Milliseconds after the fault in which something has to come. */
const PATIENCE = 20_000;

/** What a page keeps of one run: numbers with the time of each, events, and how many it has sent. */
/** @typedef {{ received: { data: number, at: number }[], seen: string[], sent: number }} Log */

/**
 * Has a page keep in `log` what comes of it, from here on, and open a channel: `peer` and `channel`.
 *
 * @param {Window} window in a room
 * @param {boolean} toServer whether the channel is to the Java peer
 */
async function begin(window, toServer) {
  await window.run(async (wantsServer) => {
    const peer = wantsServer ? room.server : await met();
    const channel = peer.channel(wantsServer ? 'echo' : 'chat');
    if (channel.readyState !== 'open') {
      await new Promise((resolve) => channel.addEventListener('open', resolve));
    }
    /** @type {Log} */
    const log = { received: [], seen: [], sent: 0 };
    channel.addEventListener('message', (/** @type {MessageEvent} */ { data }) =>
      log.received.push({ data: Number(data), at: Date.now() }),
    );
    for (const type of ['close', 'error']) {
      channel.addEventListener(type, () => log.seen.push(type));
    }
    for (const type of ['peerjoin', 'peerleave']) {
      room.addEventListener(type, () => log.seen.push(type));
    }
    peer.addEventListener('statechange', () => log.seen.push(peer.state));
    Object.assign(globalThis, { channel, peer, log });
  }, toServer);
}

/** Numbers that go over one channel, from a page beyond the cable to one on this side, or to the Java peer and back. */
export class Stream {
  #source;
  #sink;

  /**
   * @param {Window} source
   * @param {Window} sink the same one when the numbers come back
   */
  constructor(source, sink) {
    this.#source = source;
    this.#sink = sink;
  }

  /**
   * @param {string} url of the server
   * @param {string} room
   * @param {Browser} there
   * @param {Browser | undefined} other where they go; to the Java peer and back where there is none
   * @param {object} options of joinRoom
   */
  static async open(url, room, there, other, options) {
    const sink = other && (await member(other, url, room, options));
    const source = await member(there, url, room, options);
    const stream = new Stream(source, sink ?? source);
    await Promise.all([...stream.#windows].map((window) => begin(window, !other)));
    return stream;
  }

  /** @returns {Set<Window>} */
  get #windows() {
    return new Set([this.#source, this.#sink]);
  }

  /**
   * Sends the numbers from 0, whatever the network does.
   *
   * @param {number} every milliseconds
   * @param {number} [count] of numbers each time
   * @param {number} [most] in all
   */
  async start(every, count = 1, most = Number.MAX_SAFE_INTEGER) {
    await this.#source.run(
      (period, batch, limit) => {
        const { channel, log } = /** @type {any} */ (globalThis);
        const stop = () => clearInterval(timer);
        let busy = false;
        const timer = setInterval(async () => {
          if (!busy) {
            busy = true;
            for (let i = 0; i < batch && log.sent < limit; i++) {
              await channel.send(String(log.sent++)).catch(stop);
            }
            busy = false;
          }
        }, period);
        Object.assign(globalThis, { stop });
      },
      every,
      count,
      most,
    );
    await this.#sink.holds('log.received.length > 20');
  }

  /** Has either side go over to a new connection: by turns. */
  async rebuild(/** @type {number} */ turn) {
    const side = turn % 2 ? this.#source : this.#sink;
    await side.run(() => /** @type {any} */ (globalThis).peer.path.rebuild());
  }

  /** @param {number} count waits until so many numbers were sent */
  async sends(count) {
    for (const end = Date.now() + 5 * PATIENCE; ; await wait(100)) {
      const sent = await this.#source.run(() => Number(/** @type {any} */ (globalThis).log.sent));
      if (sent >= count) {
        return;
      }
      assert.ok(Date.now() < end, `only ${sent} numbers were sent`);
    }
  }

  /**
   * @param {number} since
   * @returns {Promise<number | undefined>} milliseconds from then to the first number after, undefined when none came
   */
  async first(since) {
    for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
      const at = await this.#sink.run(
        (from) => /** @type {any} */ (globalThis).log.received.find((/** @type {any} */ one) => one.at >= from)?.at,
        since,
      );
      if (at !== undefined) {
        return at - since;
      }
      await wait(100);
    }
    return undefined;
  }

  /** Ends it: all came, once each and in order, over the same channel, and nobody saw anybody leave. */
  async check() {
    await this.#source.run(() => /** @type {any} */ (globalThis).stop());
    const sent = await this.#source.run(() => Number(/** @type {any} */ (globalThis).log.sent));
    await this.#sink.holds(`log.received.length >= ${sent} || log.seen.includes("close")`);
    const numbers = await this.#sink.run(() =>
      /** @type {Log} */ (/** @type {any} */ (globalThis).log).received.map(({ data }) => data),
    );
    assert.deepEqual(
      numbers,
      Array.from({ length: sent }, (_, number) => number),
    );
    for (const window of this.#windows) {
      /** @type {string[]} */
      const seen = await window.run(() => /** @type {any} */ (globalThis).log.seen);
      assert.ok(
        seen.every((event) => event === 'reconnecting' || event === 'connected'),
        seen.join(),
      );
    }
  }

  async close() {
    for (const window of this.#windows) {
      await window.run(() => /** @type {any} */ (globalThis).room.leave());
      await window.close();
    }
  }
}
