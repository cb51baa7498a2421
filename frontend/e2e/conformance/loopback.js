import { Inbox, opened } from './await.js';

/**
 * What this browser does with itself at the other end, so that its own limits are not taken for the Java peer's.
 *
 * @param {(channel: RTCDataChannel) => number} send sends, and tells how many messages
 * @returns {Promise<any[]>} the messages as they arrive
 */
export async function loopback(send) {
  const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()];
  try {
    here.addEventListener('icecandidate', ({ candidate }) => there.addIceCandidate(candidate ?? undefined));
    there.addEventListener('icecandidate', ({ candidate }) => here.addIceCandidate(candidate ?? undefined));
    const channel = here.createDataChannel('loopback', { negotiated: true, id: 0 });
    const inbox = new Inbox(there.createDataChannel('loopback', { negotiated: true, id: 0 }));
    await here.setLocalDescription();
    await there.setRemoteDescription(/** @type {RTCSessionDescription} */ (here.localDescription));
    await there.setLocalDescription();
    await here.setRemoteDescription(/** @type {RTCSessionDescription} */ (there.localDescription));
    await opened(channel);
    return await inbox.until(send(channel));
  } finally {
    here.close();
    there.close();
  }
}
