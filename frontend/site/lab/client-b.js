// biome-ignore-all lint/suspicious/noConsole: these clients speak to the console, as the seed’s do
/// <reference path="./console.d.ts" />

// Client B is called. It makes no channel of its own: A's arrives with the connection.

/**
 * Step 1: a connection that waits for A's channel.
 *
 * @param {RTCConfiguration} configuration
 */
export function open(configuration) {
  window.remoteConnection = new RTCPeerConnection(configuration);

  window.remoteConnection.onicecandidate = () =>
    console.log('New candidate. The answer is now', JSON.stringify(window.remoteConnection.localDescription));

  window.remoteConnection.ondatachannel = (e) => {
    window.receiveChannel = e.channel;
    window.receiveChannel.onmessage = (e) => console.log('Message received:', e.data);
    window.receiveChannel.onopen = () => console.log('The channel is open.');
    window.receiveChannel.onclose = () => console.log('The channel is closed.');
    window.remoteConnection.channel = window.receiveChannel;
  };
}

/**
 * Step 2: take A's offer.
 *
 * @param {RTCSessionDescriptionInit} offer
 */
export function accept(offer) {
  return window.remoteConnection.setRemoteDescription(offer);
}

/** Step 3: make the answer, for A to take. */
export function answer() {
  return window.remoteConnection.createAnswer().then((a) => window.remoteConnection.setLocalDescription(a));
}
