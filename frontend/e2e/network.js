import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** @param {string[]} command */
const run = async (...command) => (await exec(command[0], command.slice(1))).stdout;

/**
 * Two network namespaces joined by one cable and to nothing else (ip-netns(8), veth(4)). A test runs `here`, and starts
 * browsers `there`. That takes root.
 */
export class Network {
  #here;
  #there;
  #moved = false;

  /** @param {string} name of both */
  constructor(name) {
    this.#here = `${name}-a`;
    this.#there = `${name}-b`;
  }

  /** The address of this side. */
  static ADDRESS = '10.77.0.1';
  /** For each Chromium at an end of it: names of mDNS would not be resolved across the cable. */
  static FLAGS = ['--disable-features=WebRtcHideLocalIpsWithMdns'];
  /** What to cut: the data channels, or signaling too. */
  static UDP = 'meta l4proto udp';
  static EVERYTHING = '';

  /**
   * Runs a file of tests on this side of a new network.
   *
   * @param {string} file
   * @throws {Error} when a test fails
   */
  static async run(file) {
    const name = `peerhost-${process.pid}`;
    const network = new Network(name);
    await network.open();
    try {
      const [ip, ...rest] = network.here(process.execPath, '--test', '--test-reporter=spec', file);
      // Within a test node would skip the file, and call that a success.
      const env = { ...process.env, PEERHOST_NETWORK: name, NODE_TEST_CONTEXT: undefined };
      const tests = spawn(ip, rest, { stdio: 'inherit', env });
      assert.deepEqual(await once(tests, 'exit'), [0, null]);
    } finally {
      await network.close();
    }
  }

  /** The network that this file of tests is run in. */
  static get current() {
    return new Network(process.env.PEERHOST_NETWORK ?? '');
  }

  async open() {
    for (const namespace of [this.#here, this.#there]) {
      await run('ip', 'netns', 'add', namespace);
      await run('ip', '-n', namespace, 'link', 'set', 'lo', 'up');
    }
    const there = ['peer', 'name', 'there', 'netns', this.#there];
    await run('ip', 'link', 'add', 'here', 'netns', this.#here, 'type', 'veth', ...there);
    await run('ip', '-n', this.#here, 'link', 'set', 'here', 'up');
    await run('ip', '-n', this.#there, 'link', 'set', 'there', 'up');
    await run('ip', '-n', this.#here, 'address', 'add', `${Network.ADDRESS}/24`, 'dev', 'here');
    await run('ip', '-n', this.#here, 'address', 'add', '10.78.0.1/24', 'dev', 'here');
    await this.#address('10.77.0.2', Network.ADDRESS);
    for (const side of [this.#here, this.#there]) {
      await this.#nft(side, 'add table inet cable');
      for (const hook of ['input', 'output']) {
        await this.#nft(side, `add chain inet cable ${hook} { type filter hook ${hook} priority 0; }`);
      }
    }
  }

  /**
   * @param {string[]} command
   * @returns {string[]} one that runs it on this side
   */
  here(...command) {
    return ['ip', 'netns', 'exec', this.#here, ...command];
  }

  /**
   * @param {string} program
   * @returns {Promise<string>} another one, which runs it on the other side
   */
  async there(program) {
    const file = join(await mkdtemp(join(tmpdir(), 'peerhost-there-')), 'run');
    await writeFile(file, `#!/bin/sh\nexec ip netns exec ${this.#there} ${program} "$@"\n`);
    await chmod(file, 0o700);
    return file;
  }

  /** @param {string} what of nft's grammar is lost in the cable, such as `meta l4proto udp` */
  async cut(what) {
    await this.#drop(this.#there, 'there', what);
  }

  /** @param {string[]} what is lost between two programs on this side */
  async cutHere(...what) {
    for (const one of what) {
      await this.#drop(this.#here, 'lo', one);
    }
  }

  /** @returns {Promise<number>} how many packets were lost since the cut */
  async heal() {
    let lost = 0;
    for (const side of [this.#here, this.#there]) {
      const rules = await this.#nft(side, 'list table inet cable');
      await this.#nft(side, 'flush table inet cable');
      lost += [...rules.matchAll(/packets (\d+) bytes/g)].reduce((sum, [, packets]) => sum + Number(packets), 0);
    }
    return lost;
  }

  /** The other side goes over to another subnet, and back the next time; its old address is gone. */
  async move() {
    const subnet = this.#moved ? '10.77.0' : '10.78.0';
    this.#moved = !this.#moved;
    await run('ip', '-n', this.#there, 'address', 'flush', 'dev', 'there');
    await this.#address(`${subnet}.2`, `${subnet}.1`);
  }

  async close() {
    for (const namespace of [this.#here, this.#there]) {
      await run('ip', 'netns', 'delete', namespace);
    }
  }

  /**
   * @param {string} address of the other side
   * @param {string} gateway
   */
  async #address(address, gateway) {
    await run('ip', '-n', this.#there, 'address', 'add', `${address}/24`, 'dev', 'there');
    await run('ip', '-n', this.#there, 'route', 'replace', 'default', 'via', gateway);
  }

  /**
   * @param {string} side
   * @param {string} device
   * @param {string} what
   */
  async #drop(side, device, what) {
    for (const hook of ['input', 'output']) {
      const direction = hook === 'input' ? 'iifname' : 'oifname';
      await this.#nft(side, `add rule inet cable ${hook} ${direction} ${device} ${what} counter drop`);
    }
  }

  /**
   * @param {string} side
   * @param {string} command
   */
  #nft(side, command) {
    return run('ip', 'netns', 'exec', side, 'nft', command);
  }
}
