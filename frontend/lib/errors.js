/**
 * The server's codes first (docs/protocol.md), then the library's own.
 *
 * @typedef {'UNKNOWN_DESTINATION' | 'BAD_BODY' | 'TOO_LARGE' | 'BAD_ROOM' | 'NOT_IN_ROOM' | 'ALREADY_IN_ROOM' |
 *   'UNKNOWN_PEER' | 'ROOM_FULL' | 'TOO_MANY_ROOMS' | 'SERVER_PEER_UNAVAILABLE' |
 *   'BAD_URL' | 'BAD_RTC_CONFIG' | 'CONFIG_UNAVAILABLE' | 'MODULE_UNAVAILABLE' | 'SIGNALING_UNREACHABLE' | 'SIGNALING_ERROR' | 'TIMEOUT' | 'ABORTED' |
 *   'ROOM_CLOSED' | 'PEER_CLOSED' | 'CONNECTION_FAILED' | 'TOO_MANY_SIGNALS' | 'BAD_DESCRIPTION' |
 *   'BAD_CANDIDATE' | 'CHANNEL_CLOSED' | 'CHANNEL_ERROR' | 'BAD_DATA' | 'QUEUE_FULL' | 'UNTAKEN_FULL' |
 *   'SEND_FAILED' | 'NO_RESPONDER' | 'REQUEST_FAILED' | 'SAFETY_FAILED' | 'PROTOCOL_ERROR' | 'UNDELIVERED'} PeerhostErrorCode
 */

/** Every refusal and every failure of this library: `code` for programs, `message` for people, `cause` where known. */
export class PeerhostError extends Error {
  /**
   * @param {PeerhostErrorCode} code
   * @param {string} message what was wrong and what to do
   * @param {{ cause?: unknown }} [options]
   */
  constructor(code, message, options) {
    super(message, options);
    this.name = 'PeerhostError';
    /** @readonly */
    this.code = code;
  }
}

/**
 * What failed because of something else, which is told of too.
 *
 * @param {PeerhostErrorCode} code
 * @param {string} what without a full stop
 * @param {unknown} cause
 */
export function because(code, what, cause) {
  return new PeerhostError(code, `${what}: ${cause}`, { cause });
}

/** @param {string} label */
export function channelClosed(label) {
  return new PeerhostError('CHANNEL_CLOSED', `"${label}" is closed`);
}

/**
 * @param {string} label
 * @param {number} size of a message, in bytes
 * @param {number} limit
 */
export function tooLarge(label, size, limit) {
  return new PeerhostError('TOO_LARGE', `"${label}": a message of ${size} bytes; at most ${limit} are taken`);
}

/**
 * Follows a signal to give something up.
 *
 * @param {AbortSignal | undefined} signal
 * @param {string} what is given up
 * @param {(error: PeerhostError) => void} giveUp called when the signal says so
 * @returns {() => void} ends it
 * @throws {PeerhostError} ABORTED when it has said so already
 */
export function onAbort(signal, what, giveUp) {
  const error = () => because('ABORTED', `${what} was given up`, signal?.reason);
  if (signal?.aborted) {
    throw error();
  }
  const abort = () => giveUp(error());
  signal?.addEventListener('abort', abort);
  return () => signal?.removeEventListener('abort', abort);
}

/**
 * Waits for an outcome for a while.
 *
 * @template T
 * @param {() => Promise<T>} begin not called when it is given up already
 * @param {string} what is waited for
 * @param {number} within milliseconds
 * @param {AbortSignal} [signal] gives it up
 * @returns {Promise<T>}
 * @throws {PeerhostError} TIMEOUT, ABORTED
 */
export function inTime(begin, what, within, signal) {
  let done = () => {};
  return new Promise((resolve, reject) => {
    const unfollow = onAbort(signal, what, reject);
    const late = () => reject(new PeerhostError('TIMEOUT', `${what} took more than ${within} ms`));
    const timer = setTimeout(late, within);
    done = () => {
      clearTimeout(timer);
      unfollow();
    };
    begin().then(resolve, reject);
  }).finally(() => done());
}
