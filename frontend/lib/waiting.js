/** @typedef {import('./parcel.js').Parcel} Parcel */

/** Messages that may wait. */
const MAX_MESSAGES = 65_536;

/** The messages of one channel that wait, or not all of whose frames were given out. */
export class Waiting {
  /** @type {Set<Parcel>} in the order of the send() calls */
  all = new Set();
  /** Of all of them. */
  bytes = 0;

  /**
   * @param {Parcel} parcel
   * @param {number} most bytes that may wait
   * @returns {boolean} false when it is one too many
   */
  add(parcel, most) {
    const fits = this.bytes + parcel.size <= most && this.all.size < MAX_MESSAGES;
    if (fits) {
      this.all.add(parcel);
      this.bytes += parcel.size;
    }
    return fits;
  }

  /**
   * @param {boolean} fragments whether it may be one of several frames, which goes after those of one
   * @returns {Parcel | undefined} the one whose next frame goes next
   */
  head(fragments) {
    for (const parcel of this.all) {
      if (!parcel.large) {
        return parcel;
      }
    }
    const [large] = this.all;
    return fragments ? large : undefined;
  }

  /**
   * @param {Parcel} parcel
   * @returns {boolean} whether it was here
   */
  remove(parcel) {
    const waited = this.all.delete(parcel);
    this.bytes -= waited ? parcel.size : 0;
    return waited;
  }
}
