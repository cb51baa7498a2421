import { speaksFrames } from './speech.js';

/** Milliseconds without a message after which an RTCDataChannel that is given nothing more has had its answers. */
const QUIET_FOR = 500;

/** @typedef {import('./channel.js').Channel} Channel */

/**
 * Ends an RTCDataChannel so that nothing is lost: what is sent from now on waits in the channel for another one.
 *
 * @param {Channel} channel
 * @param {RTCDataChannel} wire the one that it has, or has had
 * @param {number} within milliseconds
 */
export async function leave(channel, wire, within) {
  if (channel.live && speaksFrames(wire)) {
    // What it loses is sent again, and the other side must not see it end.
    channel.attach(undefined, false);
    return;
  }
  if (channel.live && wire.readyState === 'open') {
    channel.outbox.restart(false);
    await quiet(wire, within / 2);
  }
  if (channel.live && channel.wire === wire) {
    channel.attach(undefined, false);
    wire.close();
  }
  await ended(wire, within / 2);
  if (!channel.live) {
    // Its connection may go before it says so.
    channel.closed();
  }
}

/**
 * Waits until the other side carries on with a channel of frames over the RTCDataChannel that it has now.
 *
 * @param {Channel} channel
 * @param {number} within milliseconds
 * @returns {Promise<void>}
 */
export function heard({ wire }, within) {
  return new Promise((resolve) => {
    if (!wire || !speaksFrames(wire)) {
      resolve();
      return;
    }
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, within);
    wire.addEventListener('message', end, { once: true });
    wire.addEventListener('close', end);
  });
}

/**
 * Waits until an RTCDataChannel has sent all and nothing has come for a while, or until it is closed.
 *
 * @param {RTCDataChannel} wire
 * @param {number} within milliseconds
 * @returns {Promise<void>}
 */
function quiet(wire, within) {
  return new Promise((resolve) => {
    /** @type {ReturnType<typeof setTimeout>} */
    let timer;
    const late = setTimeout(() => end(), within);
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => (wire.bufferedAmount > 0 ? wait() : end()), QUIET_FOR);
    };
    const end = () => {
      clearTimeout(timer);
      clearTimeout(late);
      wire.removeEventListener('message', wait);
      resolve();
    };
    wire.addEventListener('message', wait);
    wire.addEventListener('close', end);
    wait();
  });
}

/**
 * Waits until an RTCDataChannel is closed.
 *
 * @param {RTCDataChannel} wire
 * @param {number} within milliseconds
 * @returns {Promise<void>}
 */
function ended(wire, within) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, wire.readyState === 'closed' ? 0 : within);
    wire.addEventListener('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
