import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
 * Bytes of gzip, without stompjs: of the library, which is one static graph of modules, and of it with what is loaded by the
 * first who asks for a safety code, or whom the server asks for another connection.
 */
const BUDGETS = { library: 13_632, all: 23_450 };
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

// As a bundler makes it that is asked for nothing but minified modules: the names of properties stay as they are.
test('the library keeps within its budgets, bundled and minified', async () => {
  const sizeOf = async (/** @type {string[]} */ ...external) => {
    const { outputFiles } = await build({
      ...{ entryPoints: [join(LIBRARY, 'peerhost.js')], outdir: join(user, 'bundle'), absWorkingDir: user },
      ...{ bundle: true, minify: true, splitting: true, write: false, format: 'esm', target: 'es2022' },
      external: ['@stomp/stompjs', ...external],
    });
    return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
  };
  const sizes = { library: await sizeOf('./safety.js', './replacing.js'), all: await sizeOf() };
  assert.ok(1_024 < sizes.library && sizes.library < sizes.all);
  for (const [what, size] of Object.entries(sizes)) {
    assert.ok(size <= BUDGETS[/** @type {keyof typeof BUDGETS} */ (what)], `${what}: ${size} bytes`);
  }
});

test('a part that could not be loaded is said so, and loaded by the next who asks', async () => {
  const hooks = `let failures = 1;
    export const resolve = (name, context, next) => {
      if ((name === './safety.js' && failures-- > 0) || name === './replacing.js') throw new Error('the network is down');
      return next(name, context);
    };`;
  const page = `import { register } from 'node:module';
    register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});
    const { Inquiries } = await import('./node_modules/peerhost/inquiries.js');
    const channel = Object.assign(new EventTarget(), { readyState: 'open', send() {} });
    const inquiries = new Inquiries({ createDataChannel: () => channel });
    for (let i = 0; i < 2; i++) {
      const code = inquiries.safetyCode().catch(({ code }) => console.log(code));
      setTimeout(() => inquiries.close(), 500);
      await code;
    }
    const { Path } = await import('./node_modules/peerhost/path.js');
    const code = await new Promise((resolve) => {
      const peer = { kind: 'server', state: 'connected', fire: (type, { error }) => resolve(type + ' ' + error.code) };
      new Path(peer, {}, { settings: {} }, true).deliver({ type: 'reconnect', within: 10 });
    });
    console.log(code);
    process.exit();`;
  await writeFile(join(user, 'unlucky.mjs'), page);
  const { stdout } = await run(process.execPath, [join(user, 'unlucky.mjs')], { cwd: user });
  assert.deepEqual(stdout.trim().split('\n'), ['MODULE_UNAVAILABLE', 'SAFETY_FAILED', 'error MODULE_UNAVAILABLE']);
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
