// Bundles the extension (dist/*.js), the libraries it loads at first use (dist/lib), the player's page
// (dist/player) and, with --test, every test and its support (dist/test).
//   node esbuild.js [--watch] [--production] [--test]
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const flag = (name) => process.argv.includes(`--${name}`);
const production = flag('production');

/** Bundles of their own: read from disk only when something first needs them. */
const lazyBundles = { undici: 'lib/undici.js' };

const globFiles = (folder, ending) =>
  fs.existsSync(folder)
    ? fs
        .readdirSync(folder, { recursive: true })
        .map(String)
        .filter((f) => f.endsWith(ending))
        .map((f) => path.join(folder, f))
    : [];

/** Keeps `require('./lib/undici.js')` and friends as real requires, relative to the bundle that needs them. */
const lazyLibraries = (dist) => ({
  name: 'lazy-libraries',
  setup(build) {
    build.onResolve({ filter: /^undici$/ }, ({ path: name }) => ({
      path: `${dist}/${lazyBundles[name]}`,
      external: true,
    }));
    // of these only what src/catalogue/ajv.ts and src/takes/mediabunny.ts name
    build.onResolve({ filter: /[/](ajv|mediabunny)$/ }, ({ path: name, kind }) =>
      kind === 'dynamic-import' ? { path: `${dist}/lib/${path.posix.basename(name)}.js`, external: true } : undefined,
    );
    build.onResolve({ filter: /^(\.\/studio|\.\.\/simulator\/offline)$/ }, ({ path: name, importer }) =>
      /[/\\]src[/\\](extension|editor[/\\]offlineDesk)\.ts$/.test(importer)
        ? { path: `./${path.basename(name)}.js`, external: true }
        : undefined,
    );
  },
});

/**
 * undici's lib/global.js writes its dispatcher into process-wide slots that the built-in fetch of every other
 * extension in the host reads (nodejs/undici#5500). Ours keeps it to itself.
 */
const keepUndiciToOurselves = {
  name: 'keep-undici-to-ourselves',
  setup(build) {
    build.onLoad({ filter: /[/\\]undici[/\\]lib[/\\]global\.js$/ }, () => ({
      contents: `
        let held;
        module.exports = {
          setGlobalDispatcher(dispatcher) { held = dispatcher; },
          getGlobalDispatcher() { return held ??= new (require('./dispatcher/agent'))(); },
          installedExports: [],
        };`,
      loader: 'js',
    }));
  },
};

/** Outside an editor the tests see the texts of the code as they stand. */
const englishWords = {
  name: 'english-words',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, () => ({ path: path.resolve('test/support/vscodeWords.ts') }));
  },
};

/** F5 in VS Code waits for these two lines (see .vscode/tasks.json). */
const reportForEditor = {
  name: 'report-for-editor',
  setup(build) {
    build.onStart(() => console.log('[watch] build started'));
    build.onEnd(({ errors }) => {
      for (const { text, location } of errors)
        console.error(`✘ [ERROR] ${text}\n    ${location?.file}:${location?.line}:${location?.column}:`);
      console.log('[watch] build finished');
    });
  },
};

const node = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: flag('watch') ? 'silent' : 'warning',
  legalComments: 'none',
};

const bundles = [
  {
    ...node,
    entryPoints: { extension: 'src/extension.ts', studio: 'src/studio.ts', offline: 'src/simulator/offline.ts' },
    outdir: 'dist',
    external: ['vscode'],
    plugins: [lazyLibraries('.')],
  },
  {
    ...node,
    entryPoints: {
      undici: 'undici',
      mediabunny: 'src/takes/mediabunny.ts',
      ajv: 'src/catalogue/ajv.ts',
      openApiWorker: 'src/catalogue/openApiWorker.ts',
    },
    outdir: 'dist/lib',
    minify: true,
    sourcemap: false,
    plugins: [keepUndiciToOurselves],
  },
  {
    ...node,
    entryPoints: ['src/player/page/page.ts', 'src/player/page/page.css'],
    outdir: 'dist/player',
    platform: 'browser',
    format: 'iife',
    target: 'chrome138',
  },
];

if (flag('test')) {
  const tests = { ...node, minify: false, sourcemap: 'linked', packages: 'external', external: ['vscode'] };
  for (const folder of ['unit', 'host', 'e2e', 'support', 'bench', 'faults']) {
    const files = ['support', 'bench', 'faults'].includes(folder)
      ? globFiles(`test/${folder}`, '.ts')
      : ['.test.ts', '.phase.ts', '.scenario.ts', 'index.ts'].flatMap((ending) => globFiles(`test/${folder}`, ending));
    // one flat folder, so that the way to dist/lib is the same from every test
    const entryPoints = Object.fromEntries(files.map((file) => [path.basename(file, '.ts'), file]));
    const plugins = folder === 'host' ? [lazyLibraries('../..')] : [lazyLibraries('../..'), englishWords];
    if (files.length) bundles.push({ ...tests, entryPoints, outdir: `dist/test/${folder}`, plugins });
  }
}

async function main() {
  // only --test clears the built tests: the end-to-end run packs the extension while it runs from there itself
  const old = flag('watch') || !fs.existsSync('dist') ? [] : fs.readdirSync('dist').filter((name) => flag('test') || name !== 'test');
  for (const name of old) fs.rmSync(path.join('dist', name), { recursive: true, force: true });
  const options = bundles.map((bundle) => (flag('watch') ? { ...bundle, plugins: [...(bundle.plugins ?? []), reportForEditor] } : bundle));
  if (flag('watch')) await Promise.all(options.map(async (bundle) => (await esbuild.context(bundle)).watch()));
  else await Promise.all(options.map((bundle) => esbuild.build(bundle)));
}

main().catch((error) => {
  if (!error.errors) console.error(error); // esbuild has printed its own
  process.exit(1);
});
