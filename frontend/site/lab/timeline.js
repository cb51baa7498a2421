/** The list keeps this many lines; what comes after is left out. */
const LIMIT = 200;

/**
 * Writes down what a connection goes through, with the time since now.
 *
 * @param {HTMLElement} list emptied first
 * @param {RTCPeerConnection} connection
 * @param {AbortSignal} signal ends it
 */
export function writeTimeline(list, connection, signal) {
  const start = performance.now();
  list.replaceChildren();
  /**
   * @param {string} what
   * @param {string} value
   */
  const write = (what, value) => {
    if (list.childElementCount >= LIMIT) return;
    const item = document.createElement('li');
    const time = document.createElement('span');
    const name = document.createElement('b');
    time.textContent = `${((performance.now() - start) / 1000).toFixed(2)} s`;
    name.textContent = what;
    item.append(time, name, ` ${value}`);
    list.append(item);
    list.scrollTop = list.scrollHeight;
  };
  /** @type {const} */ ([
    ['signalingstatechange', 'signalingState'],
    ['icegatheringstatechange', 'iceGatheringState'],
    ['iceconnectionstatechange', 'iceConnectionState'],
    ['connectionstatechange', 'connectionState'],
  ]).forEach(([event, property]) => {
    connection.addEventListener(event, () => write(property, connection[property]), { signal });
  });
  connection.addEventListener(
    'icecandidate',
    ({ candidate }) => {
      if (candidate?.candidate) write('candidate', `${candidate.type} ${candidate.protocol} ${candidate.address}`);
    },
    { signal },
  );
  connection.addEventListener('datachannel', ({ channel }) => write('datachannel', channel.label), { signal });
}
