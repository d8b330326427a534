/** Bundles the console into dist/console: files with a hash in their names, and an index of the two that a page loads. */
import { rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { build, type Metafile } from 'esbuild';

const FOLDER = 'dist/console';

rmSync(FOLDER, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: { console: 'console/main.tsx' },
  outdir: FOLDER,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  sourcemap: 'linked',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  tsconfig: 'console/tsconfig.json',
  metafile: true,
  logLevel: 'warning',
});
writeFileSync(`${FOLDER}/index.json`, JSON.stringify(entriesOf(metafile)));

/** The script and the style sheet of the entry point. */
function entriesOf({ outputs }: Metafile): { script: string; style: string } {
  const [path, { cssBundle }] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint)! as [
    string,
    { cssBundle: string },
  ];
  return { script: basename(path), style: basename(cssBundle) };
}
