import { PeerConnection } from 'node-datachannel';

/**
 * The same client as bench/site/echo.js, by node-datachannel in this process.
 *
 * @param {(offer: string) => Promise<string>} exchange posts an offer and gives the answer, both SDP
 * @returns {Promise<{ trips: (count: number, size: number) => Promise<number[]>, close: () => void }>}
 */
export async function connect(exchange) {
  const connection = new PeerConnection('client', { iceServers: [] });
  const gathered = new Promise((resolve) => {
    connection.onGatheringStateChange((state) => state === 'complete' && resolve());
  });
  const channel = connection.createDataChannel('echo');
  const open = new Promise((resolve) => channel.onOpen(resolve));
  let received = () => {};
  channel.onMessage(() => received());
  await gathered;
  connection.setRemoteDescription(await exchange(connection.localDescription().sdp), 'answer');
  await open;
  return {
    async trips(count, size) {
      const message = Buffer.alloc(size);
      const times = [];
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
    },
    close: () => connection.close(),
  };
}
