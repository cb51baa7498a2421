/** Milliseconds that a socket has to bring the answer to a probe. */
const WITHIN = 2_000;

let count = 0;

/**
 * Finds out whether a session still carries anything: after a change of networks a socket can look alive for minutes. The
 * server confirms any frame that asks for a receipt (STOMP 1.2, "RECEIPT").
 *
 * @param {import('./stomp.js').Client} client
 * @param {() => void} dead
 */
export function probe(client, dead) {
  const receipt = `probe-${++count}`;
  const timer = setTimeout(dead, WITHIN);
  client.watchForReceipt(receipt, () => clearTimeout(timer));
  client.ack(receipt, '', { receipt });
}
