import { setTimeout as sleep } from 'node:timers/promises';
import { PeerConnection } from 'node-datachannel';

/** Milliseconds. */
const OPEN_WITHIN = 10_000;

const ATTEMPTS = 3;

/** @typedef {(offer: string) => Promise<string>} Exchange posts an offer and gives the answer, both SDP */

/**
 * The same client as bench/site/echo.js, by node-datachannel in this process.
 *
 * @param {Exchange} exchange
 * @returns {Promise<{ trips: (count: number, size: number) => Promise<number[]>, close: () => void }>}
 * @throws {Error} when three connections in a row have failed
 */
export async function connect(exchange) {
  // Between two libdatachannels about 1 in 100 fails ("Got a remote candidate without ICE transport", or silence); how
  // often is not what is measured.
  for (let attempt = 1; ; attempt++) {
    const connection = new PeerConnection('client', { iceServers: [] });
    try {
      const channel = await open(connection, exchange);
      return { trips: (count, size) => trips(channel, count, size), close: () => connection.close() };
    } catch (error) {
      connection.close();
      if (attempt === ATTEMPTS) {
        throw error;
      }
    }
  }
}

async function open(connection, exchange) {
  const gathered = new Promise((resolve) => {
    connection.onGatheringStateChange((state) => state === 'complete' && resolve());
  });
  const channel = connection.createDataChannel('echo');
  const opened = new Promise((resolve) => channel.onOpen(() => resolve(true)));
  await gathered;
  connection.setRemoteDescription(await exchange(connection.localDescription().sdp), 'answer');
  if (!(await Promise.race([opened, sleep(OPEN_WITHIN, false)]))) {
    throw new Error(`The channel did not open within ${OPEN_WITHIN} ms`);
  }
  return channel;
}

async function trips(channel, count, size) {
  const message = Buffer.alloc(size);
  const times = [];
  let received = () => {};
  channel.onMessage(() => received());
  for (let trip = 0; trip < count; trip++) {
    const start = performance.now();
    const back = new Promise((resolve) => {
      received = resolve;
    });
    channel.sendMessageBinary(message);
    await back;
    times.push(performance.now() - start);
  }
  return times;
}
