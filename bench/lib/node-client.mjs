import { setTimeout as sleep } from 'node:timers/promises';
import { PeerConnection, setSctpSettings } from 'node-datachannel';

/** Milliseconds. */
const OPEN_WITHIN = 10_000;

const ATTEMPTS = 3;

/** Of messages under way at once, in `rate`. */
const WINDOW = 64;

/** Bytes under way at once, and bytes not yet sent, in `bulk`. */
const UNDER_WAY = 4 * 2 ** 20;
const HIGH_WATER = 2 ** 20;

/** Milliseconds without a message after which a transfer has failed. */
const SILENCE = 10_000;

// Its own default, 256 KiB, would measure the client; browsers have megabytes.
setSctpSettings({ recvBufferSize: UNDER_WAY, sendBufferSize: UNDER_WAY, maxChunksOnQueue: 100_000 });

/** @typedef {(offer: string) => Promise<string>} Exchange posts an offer and gives the answer, both SDP */

/**
 * An open channel.
 *
 * @typedef {object} Echo
 * @property {number} opened milliseconds from the first call to the open channel
 * @property {(count: number, size: number) => Promise<number[]>} trips milliseconds of round trips, one after the other
 * @property {(size: number, time: number) => Promise<{ messages: number, seconds: number }>} rate what comes back in so
 *   many milliseconds while 64 messages are under way
 * @property {(size: number, mebibytes: number) => Promise<number>} bulk MiB/s there and back
 * @property {() => void} close
 */

/**
 * The same client as bench/site/echo.js, by node-datachannel in this process.
 *
 * @param {Exchange} exchange
 * @returns {Promise<Echo>}
 * @throws {Error} when three connections in a row have failed
 */
export async function connect(exchange) {
  // Between two libdatachannels about 1 in 100 fails ("Got a remote candidate without ICE transport", or silence); how
  // often is not what is measured.
  for (let attempt = 1; ; attempt++) {
    const start = performance.now();
    const connection = new PeerConnection('client', { iceServers: [] });
    try {
      const channel = await open(connection, exchange);
      return {
        opened: performance.now() - start,
        trips: (count, size) => trips(channel, count, size),
        rate: (size, time) => rate(channel, size, time),
        bulk: (size, mebibytes) => bulk(channel, size, mebibytes),
        close: () => connection.close(),
      };
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

async function rate(channel, size, time) {
  const message = Buffer.alloc(size);
  const start = performance.now();
  let messages = 0;
  let underWay = WINDOW;
  await settled((resolve, alive) => {
    channel.onMessage(() => {
      messages++;
      alive();
      if (performance.now() - start < time) {
        channel.sendMessageBinary(message);
      } else if (--underWay === 0) {
        resolve();
      }
    });
    for (let i = 0; i < WINDOW; i++) {
      channel.sendMessageBinary(message);
    }
  });
  return { messages, seconds: (performance.now() - start) / 1000 };
}

async function bulk(channel, size, mebibytes) {
  const message = Buffer.alloc(size, 1);
  const count = (mebibytes * 2 ** 20) / size;
  const start = performance.now();
  let sent = 0;
  let received = 0;
  await settled((resolve, alive) => {
    const send = () => {
      while (sent < count && (sent - received) * size < UNDER_WAY && channel.bufferedAmount() < HIGH_WATER) {
        channel.sendMessageBinary(message);
        sent++;
      }
    };
    channel.setBufferedAmountLowThreshold(HIGH_WATER / 4);
    channel.onBufferedAmountLow(send);
    channel.onMessage((back) => {
      received++;
      alive();
      if (back.length !== size) {
        throw new Error(`${back.length} bytes came back for ${size}`);
      }
      if (received === count) {
        resolve();
      } else {
        send();
      }
    });
    send();
  });
  return mebibytes / ((performance.now() - start) / 1000);
}

/** Runs a transfer until it resolves; it fails when it was not `alive` for too long. */
function settled(transfer) {
  return new Promise((resolve, reject) => {
    let last = performance.now();
    const watch = setInterval(() => {
      if (performance.now() - last > SILENCE) {
        clearInterval(watch);
        reject(new Error(`Nothing came back for ${SILENCE} ms`));
      }
    }, SILENCE / 10);
    transfer(
      () => {
        clearInterval(watch);
        resolve();
      },
      () => {
        last = performance.now();
      },
    );
  });
}
