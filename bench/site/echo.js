/** @type {RTCPeerConnection} */
let connection;
/** @type {RTCDataChannel} */
let channel;

/** @returns {Promise<string>} the SDP of an offer of a channel `echo`, with all candidates in it */
export async function offer() {
  connection = new RTCPeerConnection();
  channel = connection.createDataChannel('echo');
  channel.binaryType = 'arraybuffer';
  await connection.setLocalDescription();
  while (connection.iceGatheringState !== 'complete') {
    await new Promise((resolve) => connection.addEventListener('icegatheringstatechange', resolve, { once: true }));
  }
  return connection.localDescription.sdp;
}

/** Takes the answer and waits until the channel is open. */
export async function accept(sdp) {
  const open = new Promise((resolve) => channel.addEventListener('open', resolve, { once: true }));
  await connection.setRemoteDescription({ type: 'answer', sdp });
  await open;
}

/** @returns {Promise<number[]>} milliseconds that each of the round trips took, one after the other */
export async function trips(count, size) {
  const message = new Uint8Array(size);
  const times = [];
  for (let trip = 0; trip < count; trip++) {
    const start = performance.now();
    const back = new Promise((resolve) => channel.addEventListener('message', resolve, { once: true }));
    channel.send(message);
    await back;
    times.push(performance.now() - start);
  }
  return times;
}

export function close() {
  connection.close();
}
