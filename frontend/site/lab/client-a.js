// biome-ignore-all lint/suspicious/noConsole: these clients speak to the console, as the seed’s do
/// <reference path="./console.d.ts" />

// Client A calls. Its connection and its channel are properties of `window`: type their names into the console.

/**
 * Step 1: a connection, with a data channel for the offer to speak of.
 *
 * @param {RTCConfiguration} configuration
 */
export function open(configuration) {
  window.localConnection = new RTCPeerConnection(configuration);

  window.sendChannel = window.localConnection.createDataChannel('sendChannel');
  window.sendChannel.onmessage = (e) => console.log('Message received:', e.data);
  window.sendChannel.onopen = () => console.log('The channel is open.');
  window.sendChannel.onclose = () => console.log('The channel is closed.');

  // Each candidate is one more address at which B may reach us; the description now contains it.
  window.localConnection.onicecandidate = () =>
    console.log('New candidate. The offer is now', JSON.stringify(window.localConnection.localDescription));
}

/** Step 2: make the offer. From here on, candidates arrive. */
export function offer() {
  return window.localConnection.createOffer().then((o) => window.localConnection.setLocalDescription(o));
}

/**
 * Step 3: take B's answer. The channel opens by itself.
 *
 * @param {RTCSessionDescriptionInit} answer
 */
export function accept(answer) {
  return window.localConnection.setRemoteDescription(answer);
}
