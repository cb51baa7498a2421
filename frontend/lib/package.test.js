import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const run = promisify(execFile);
const LIBRARY = fileURLToPath(new URL('.', import.meta.url));
const MODULES = fileURLToPath(new URL('../node_modules/', import.meta.url));
const GUIDE = new URL('../../docs/client.md', import.meta.url);
/**
 * KiB of gzip, without stompjs: of what joinRoom needs to begin, the entry and all that it imports statically; of what every room
 * has loaded before it lets anybody in; and of all that can be loaded.
 */
const BUDGETS = { first: 12, joined: 18, all: 26 };
// What every example of the guide may use, as its first one made it.
const JOIN = `import { joinRoom } from 'peerhost';\n`;
const ROOM = `declare const room: import('peerhost').Room;\n`;

/** A folder in which the packed library is installed, as a user of npm has it. */
let user = '';

before(async () => {
  user = await mkdtemp(join(tmpdir(), 'peerhost-package-'));
  const installed = join(user, 'node_modules', 'peerhost');
  await mkdir(installed, { recursive: true });
  await run('npm', ['pack', '--silent', '--offline', `--pack-destination=${user}`], { cwd: LIBRARY });
  const [archive] = (await readdir(user)).filter((name) => name.endsWith('.tgz'));
  await run('tar', ['-xzf', join(user, archive), '-C', installed, '--strip-components=1']);
  await writeFile(join(user, 'package.json'), '{ "type": "module" }');
  await symlink(join(MODULES, '@stomp'), join(user, 'node_modules', '@stomp'));
});

after(() => rm(user, { recursive: true }));

test('the package holds the modules and their types, and nothing of the tests', async () => {
  const files = await readdir(join(user, 'node_modules', 'peerhost'), { recursive: true });
  const modules = (await readdir(LIBRARY)).filter((name) => name.endsWith('.js') && !name.endsWith('.test.js'));
  assert.deepEqual(files.sort(), [...modules, 'package.json', 'types', 'types/peerhost.d.ts'].sort());
});

test('the installed package joins nothing when it is imported, and exports what the types say', async () => {
  await writeFile(join(user, 'page.mjs'), `console.log(Object.keys(await import('peerhost')).sort().join());`);
  const { stdout } = await run(process.execPath, [join(user, 'page.mjs')], { cwd: user });
  const types = await readFile(join(LIBRARY, 'types', 'peerhost.d.ts'), 'utf8');
  const declared = [...types.matchAll(/^export (?:class|function) (\w+)/gm)].map(([, name]) => name);
  for (const name of declared) {
    assert.ok(stdout.trim().split(',').includes(name), `${name} is declared, and not there`);
  }
});

test('each example of the guide is right by the types', async () => {
  const examples = [...(await readFile(GUIDE, 'utf8')).matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);
  assert.ok(examples.length > 7);
  for (const [index, code] of examples.entries()) {
    const own = code.replace('/__/peerhost/peerhost.js', 'peerhost');
    const given = [own.includes('const room =') ? '' : ROOM, /import .*joinRoom/.test(own) ? '' : JOIN].join('');
    await writeFile(join(user, `example-${index}.ts`), given + own);
  }
  await typesAreRight(examples.map((_, index) => `example-${index}.ts`));
  await writeFile(join(user, 'wrong.ts'), `${JOIN}${ROOM}room.channel('chat').send(7);\njoinRoom(7);\n`);
  await assert.rejects(typesAreRight(['wrong.ts']), ({ stdout }) => stdout.match(/error TS/g)?.length === 2);
});

test('the guide tells every name that the types have', async () => {
  const guide = await readFile(GUIDE, 'utf8');
  const types = await readFile(join(LIBRARY, 'types', 'peerhost.d.ts'), 'utf8');
  const names = [...types.matchAll(/^ {2}(?:readonly )?(\w+)[?(:]|^ {2}\| '(\w+)'/gm)].map(
    ([, name, code]) => name ?? code,
  );
  assert.ok(names.length > 50);
  const untold = names.filter(
    (name) => !/^(constructor|(add|remove)EventListener)$/.test(name) && !guide.includes(name),
  );
  assert.deepEqual(untold, []);
});

test('the library keeps within its budgets, bundled and minified', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(LIBRARY, 'peerhost.js')],
    outdir: join(user, 'bundle'),
    absWorkingDir: user,
    ...{ bundle: true, minify: true, splitting: true, write: false, metafile: true, format: 'esm', target: 'es2022' },
    external: ['@stomp/stompjs'],
  });
  const { outputs } = metafile;
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [relative(user, path), gzipSync(contents, { level: 9 })]),
  );
  /** @param {string[]} entries @returns {Set<string>} those files and all that they import statically */
  const withImports = (...entries) => {
    const files = new Set(entries);
    for (const file of files) {
      for (const { path, kind, external } of outputs[file].imports) {
        if (kind === 'import-statement' && !external) {
          files.add(path);
        }
      }
    }
    return files;
  };
  const named = (/** @type {string} */ name) => Object.keys(outputs).filter((file) => basename(file).startsWith(name));
  const kib = (/** @type {Iterable<string>} */ files) =>
    [...files].reduce((sum, file) => sum + (sizes.get(file)?.length ?? 0), 0) / 1024;
  const first = kib(withImports(...named('peerhost')));
  const joined = kib(withImports(...named('peerhost'), ...named('traffic')));
  const all = kib(Object.keys(outputs));
  assert.ok(1 < first && first < joined && joined < all);
  for (const [budget, size] of Object.entries({ first, joined, all })) {
    assert.ok(size <= BUDGETS[/** @type {keyof typeof BUDGETS} */ (budget)], `${budget}: ${size.toFixed(1)} KiB`);
  }
});

test('a part that could not be loaded is said so, and loaded by the next who joins', async () => {
  // The first time is when the library itself is loaded.
  const hooks = `let failures = 2;
    export const resolve = (name, context, next) => {
      if (name === './traffic.js' && failures-- > 0) throw new Error('the network is down');
      return next(name, context);
    };`;
  const page = `import { register } from 'node:module';
    register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});
    const { joinRoom } = await import('peerhost');
    globalThis.RTCPeerConnection = class { close() {} };
    globalThis.WebSocket = class { static OPEN = 1; readyState = 0; addEventListener() {} close() {} };
    for (let i = 0; i < 2; i++) {
      await joinRoom('demo', { url: 'ws://127.0.0.1:9', rtcConfig: {}, timeout: 500 }).catch(({ code }) => console.log(code));
    }
    process.exit();`;
  await writeFile(join(user, 'unlucky.mjs'), page);
  const { stdout } = await run(process.execPath, [join(user, 'unlucky.mjs')], { cwd: user });
  assert.deepEqual(stdout.trim().split('\n'), ['MODULE_UNAVAILABLE', 'TIMEOUT']);
});

/** @param {string[]} files in the user's folder */
function typesAreRight(files) {
  return run(
    process.execPath,
    [
      join(MODULES, '.bin', 'tsc'),
      ...['--ignoreConfig', '--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext'],
      ...['--lib', 'es2023,dom,dom.iterable,dom.asynciterable', '--types', '', ...files],
    ],
    { cwd: user },
  );
}
