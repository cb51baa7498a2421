/** @typedef {import('./fake-rtc.js').FakePeerConnection} FakePeerConnection */

/** @param {string | ArrayBuffer | ArrayBufferView} data */
const copy = (data) => {
  if (typeof data === 'string') {
    return data;
  }
  return ArrayBuffer.isView(data)
    ? data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength)
    : data.slice(0);
};

/** An RTCDataChannel over a FakePeerConnection's line. */
export class FakeDataChannel extends EventTarget {
  /** @type {RTCDataChannelState} */
  readyState = 'connecting';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  binaryType = 'blob';
  /** @type {FakeDataChannel | undefined} */
  other;

  /**
   * @param {FakePeerConnection} connection
   * @param {string} label
   * @param {RTCDataChannelInit} options
   */
  constructor(connection, label, options) {
    super();
    this.connection = connection;
    this.label = label;
    this.options = options;
  }

  get ordered() {
    return this.options.ordered ?? true;
  }

  get maxRetransmits() {
    return this.options.maxRetransmits ?? null;
  }

  get maxPacketLifeTime() {
    return this.options.maxPacketLifeTime ?? null;
  }

  get protocol() {
    return this.options.protocol ?? '';
  }

  /** The connection stands: says so, and opens the other end. */
  connect() {
    if (this.readyState !== 'connecting') {
      return;
    }
    const { connection } = this;
    const opposite = connection.other;
    if (this.options.negotiated) {
      // Where the other side does not know of it, nobody is told.
      this.other = [...(opposite?.channels ?? [])].find(({ options }) => options.id === this.options.id);
    } else if (opposite) {
      const other = new FakeDataChannel(opposite, this.label, this.options);
      other.other = this;
      this.other = other;
      connection.line.push(() => other.arrive());
    }
    this.readyState = 'open';
    this.dispatchEvent(new Event('open'));
  }

  arrive() {
    this.connection.channels.add(this);
    this.readyState = 'open';
    this.connection.dispatchEvent(Object.assign(new Event('datachannel'), { channel: this }));
    setImmediate(() => this.readyState === 'open' && this.dispatchEvent(new Event('open')));
  }

  /** @param {string | ArrayBuffer | ArrayBufferView} data */
  send(data) {
    if (this.readyState !== 'open') {
      throw new DOMException('not open', 'InvalidStateError');
    }
    const sent = copy(data);
    const size = typeof sent === 'string' ? Buffer.byteLength(sent) : sent.byteLength;
    this.bufferedAmount += size;
    this.connection.line.push(() => {
      const before = this.bufferedAmount;
      this.bufferedAmount -= size;
      if (before > this.bufferedAmountLowThreshold && this.bufferedAmount <= this.bufferedAmountLowThreshold) {
        this.dispatchEvent(new Event('bufferedamountlow'));
      }
      if (this.other?.readyState !== 'closed') {
        this.other?.dispatchEvent(new MessageEvent('message', { data: sent }));
      }
    });
  }

  close() {
    if (this.readyState === 'closing' || this.readyState === 'closed') {
      return;
    }
    this.readyState = 'closing';
    this.connection.line.push(() => {
      const { other } = this;
      if (other?.readyState === 'open') {
        other.readyState = 'closing';
        other.dispatchEvent(new Event('closing'));
      }
      other?.end();
      // The answer comes after all that the other side has sent before (RFC 6525).
      (other?.connection ?? this.connection).line.push(() => this.end());
    });
  }

  /** The other side's connection was closed. */
  abort() {
    if (this.readyState !== 'closed') {
      const error = Object.assign(new Error('User-Initiated Abort'), { sctpCauseCode: 12 });
      this.dispatchEvent(Object.assign(new Event('error'), { error }));
      this.end();
    }
  }

  end() {
    if (this.readyState !== 'closed') {
      this.readyState = 'closed';
      this.connection.channels.delete(this);
      this.dispatchEvent(new Event('close'));
    }
  }
}
