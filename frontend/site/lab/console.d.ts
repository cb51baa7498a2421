/** The names of the lab's two clients, as the console sees them. */
interface Window {
  localConnection: RTCPeerConnection;
  sendChannel: RTCDataChannel;
  remoteConnection: RTCPeerConnection & { channel?: RTCDataChannel };
  receiveChannel: RTCDataChannel;
}
