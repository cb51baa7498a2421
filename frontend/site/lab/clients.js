/** By it the other page recognizes this one, whatever connection it comes with. */
const certificate = RTCPeerConnection.generateCertificate(
  /** @type {EcKeyGenParams} */ ({ name: 'ECDSA', namedCurve: 'P-256' }),
);

/**
 * Lets a client open its connections: all with one certificate, and with the configuration that was chosen last.
 *
 * @param {{ open: (configuration: RTCConfiguration) => void }} client
 * @param {() => Promise<RTCConfiguration>} readConfiguration throws a sentence when it is none
 */
export function opening(client, readConfiguration) {
  /** @type {RTCConfiguration} */
  let chosen = {};
  return {
    /** With the configuration that there is now. */
    async afresh() {
      chosen = { ...(await readConfiguration()), certificates: [await certificate] };
      this.again();
    },
    /** With the same configuration as last time. */
    again() {
      try {
        client.open(chosen);
      } catch (problem) {
        const reason = problem instanceof Error ? problem.message : problem;
        throw new Error(`The browser does not accept this configuration: ${reason}`);
      }
    },
  };
}
