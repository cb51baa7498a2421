/** Bytes of received files that are kept, for their links; with more, the oldest go. The newest stays, whatever its size. */
const MAX_BYTES = 134_217_728;
/** An empty file takes some room, too. */
const LEAST = 1024;

/** The files that can still be saved. */
export class Kept {
  #release;
  /** @type {{ href: string, bytes: number, gone: () => void }[]} the oldest first */
  #files = [];
  #bytes = 0;

  /** @param {(href: string) => void} release frees what an address stands for */
  constructor(release) {
    this.#release = release;
  }

  /**
   * @param {string} href
   * @param {number} bytes
   * @param {() => void} gone called when it had to make room
   */
  add(href, bytes, gone) {
    this.#files.push({ href, bytes: Math.max(LEAST, bytes), gone });
    this.#bytes += Math.max(LEAST, bytes);
    while (this.#bytes > MAX_BYTES && this.#files.length > 1) {
      const oldest = /** @type {{ href: string, bytes: number, gone: () => void }} */ (this.#files.shift());
      this.#bytes -= oldest.bytes;
      this.#release(oldest.href);
      oldest.gone();
    }
  }
}
