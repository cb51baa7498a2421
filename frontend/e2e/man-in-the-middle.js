import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';

/** @typedef {import('./browsers.js').Window} Window */
/** @typedef {(verb: 'offer' | 'answer', sdp: string) => Promise<string>} Replace what goes on in the place of an SDP */

/**
 * A signaling server that may cheat: it stands between browsers and the real one, and gives every description that it passes
 * on to somebody who may put another in its place. Candidates then stay out: what leads to the cheat is in its descriptions.
 *
 * @param {string} target the real server's url
 * @param {Replace} [replace] where not given it is honest
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} where it is, without a slash at the end
 */
export async function cheatingServer(target, replace) {
  // Pages may connect to nobody but the server that they came from.
  const http = createServer(async ({ url }, response) => {
    const answer = await fetch(`${target}${url}`);
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', (near, { url }) => {
    const far = new WebSocket(`${target.replace('http', 'ws')}${url}`, near.protocol, { origin: target });
    /** What was said, in order, though some of it takes longer. */
    let said = new Promise((resolve) => far.once('open', resolve));
    near.on('message', (data) => {
      said = said.then(async () => far.send(replace ? await replacedIn(String(data), replace) : String(data)));
    });
    far.on('message', (data) => near.send(String(data)));
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      one.on('close', () => other.terminate());
      one.on('error', () => other.terminate());
    }
  });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (http.address());
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      // The server does not count them among its connections any more.
      for (const socket of sockets.clients) {
        socket.terminate();
      }
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/**
 * @param {string} frame of STOMP
 * @param {Replace} replace
 */
async function replacedIn(frame, replace) {
  const [, verb] = /^SEND\n(?:.*\n)*?destination:\/app\/rooms\/[^/]+\/(offer|answer|candidate)\n/.exec(frame) ?? [];
  if (!verb) {
    return frame;
  }
  const start = frame.indexOf('\n\n') + 2;
  const body = JSON.parse(frame.slice(start, frame.lastIndexOf('\0')));
  if (verb === 'candidate') {
    body.candidate = null;
  } else {
    body.sdp = await replace(/** @type {'offer' | 'answer'} */ (verb), body.sdp);
  }
  return `${frame.slice(0, start).replace(/^content-length:.*\n/m, '')}${JSON.stringify(body)}\0`;
}

/**
 * Has a page stand between two others: it has a connection to each, and passes on what is said on any channel. What the two
 * say of safety codes it passes on too, or speaks for each to the other, or does so and tries to make the words match.
 *
 * @param {Window} eve
 * @param {'passes' | 'speaks for both' | 'tries to match'} way
 * @returns {Promise<Replace>}
 */
export async function standBetween(eve, way) {
  await eve.run(async (how) => {
    const { Inquiries } = await import('/__/peerhost/inquiries.js');
    const { SafetyExchange, fingerprintsIn } = await import('/__/peerhost/safety.js');
    const { sha256 } = await import('/__/peerhost/sha256.js');
    const { hex } = await import('/__/peerhost/data.js');
    const utf8 = (/** @type {string} */ text) => new TextEncoder().encode(text);
    /** @type {string[]} */
    const overheard = [];

    /** One end of a pair: what is said to us there goes on at the other end. */
    class End {
      connection = new RTCPeerConnection();
      nonce = hex(crypto.getRandomValues(new Uint8Array(32)));
      /** @type {End} */
      other = this;
      /** @type {string | undefined} what the one at this end has revealed */
      theirNonce;
      /** @type {(text: string) => unknown} */
      hear = () => {};

      constructor() {
        const control = this.connection.createDataChannel('peerhost.control', { negotiated: true, id: 255 });
        this.line = new Inquiries(/** @type {any} */ ({ createDataChannel: () => control }));
        control.addEventListener('message', ({ data: text }) =>
          text.startsWith('safety:') ? this.hear(text.slice('safety:'.length)) : this.other.line.say(text),
        );
        this.connection.addEventListener('datachannel', ({ channel }) => this.pass(channel));
      }

      /** @param {RTCDataChannel} channel */
      pass(channel) {
        const { label, protocol } = channel;
        const onward = this.other.connection.createDataChannel(label, { protocol });
        for (const [from, to] of [
          [channel, onward],
          [onward, channel],
        ]) {
          from.binaryType = 'arraybuffer';
          let open =
            to.readyState === 'open'
              ? Promise.resolve()
              : new Promise((resolve) => to.addEventListener('open', resolve));
          from.addEventListener('message', ({ data }) => {
            overheard.push(typeof data === 'string' ? data : new TextDecoder().decode(data));
            open = open.then(() => to.send(data));
          });
        }
      }

      fingerprints() {
        const { localDescription, remoteDescription } = this.connection;
        return [localDescription, remoteDescription].map((description) => fingerprintsIn(description?.sdp ?? ''));
      }

      /** @param {string} nonce of ours @returns {number} which word the code at this end begins with */
      firstWord(nonce) {
        const [ours, theirs] = this.fingerprints();
        const ends = [`${ours} ${nonce}`, `${theirs} ${this.theirNonce}`].sort();
        return new DataView(sha256(utf8(`peerhost.safety\n${ends.join('\n')}`)).buffer).getUint16(0) >> 5;
      }

      speaks() {
        const own = new SafetyExchange(
          (text) => this.line.say(`safety:${text}`),
          () => this.fingerprints(),
          this.nonce,
        );
        this.hear = (text) => {
          this.theirNonce = /^reveal:(.*)/.exec(text)?.[1] ?? this.theirNonce;
          own.receive(text);
          this.other.match();
        };
      }

      /** Keeps its own word back until it knows which one would make the codes alike. */
      waits() {
        this.hear = (text) => {
          if (text.startsWith('commit:')) {
            this.line.say(`safety:commit:${hex(sha256(utf8(`peerhost.safety ${this.nonce}`)))}`);
          } else {
            this.theirNonce = text.slice('reveal:'.length);
            this.match();
          }
        };
        this.match = () => {
          const { other } = this;
          if (!this.theirNonce || !other.theirNonce) {
            return;
          }
          // One word of the five is found in a moment; all would take 2^55 tries instead of 2^11.
          let [nonce, count] = [this.nonce, 0];
          while (this.firstWord(nonce) !== other.firstWord(other.nonce)) {
            nonce = hex(sha256(utf8(String(count++))));
          }
          Object.assign(globalThis, { matched: count });
          this.line.say(`safety:reveal:${nonce}`);
        };
      }

      match() {}
    }

    const [caller, callee] = [new End(), new End()];
    [caller.other, callee.other] = [callee, caller];
    for (const end of [caller, callee]) {
      if (how === 'passes') {
        end.hear = (text) => end.other.line.say(`safety:${text}`);
      } else if (how === 'tries to match' && end === callee) {
        end.waits();
      } else {
        end.speaks();
      }
    }

    /** @param {RTCPeerConnection} connection */
    const gathered = (connection) =>
      new Promise((resolve) => {
        const look = () => connection.iceGatheringState === 'complete' && resolve(connection.localDescription?.sdp);
        connection.addEventListener('icegatheringstatechange', look);
        look();
      });
    Object.assign(globalThis, {
      overheard,
      /** @type {Replace} */
      replace: async (verb, sdp) => {
        const [to, onward] = verb === 'offer' ? [caller, callee] : [callee, caller];
        await to.connection.setRemoteDescription({ type: verb, sdp });
        await onward.connection.setLocalDescription();
        return gathered(onward.connection);
      },
    });
  }, way);
  return (verb, sdp) => eve.run((what, text) => /** @type {any} */ (globalThis).replace(what, text), verb, sdp);
}
