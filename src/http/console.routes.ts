import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Express } from 'express';
import { notFound } from '../core/problem.ts';
import { type Asset, assetOf, IMMUTABLE, inRoot, sendAsset } from './assets.ts';
import { type ConsoleFiles, consolePage } from './console.page.ts';
import { exerciseOf } from './exercise.answer.ts';
import { serve } from './method.guard.ts';
import { wantsHtml } from './negotiation.ts';

const FOLDER = inRoot('dist/console');
const CODE = /\.(js|css|map)$/;
let loaded: { entries: ConsoleFiles; files: Map<string, Asset> } | undefined;

/** The built console (`npm run console`), read once per process. Undefined: it was not built. */
function built() {
  const index = join(FOLDER, 'index.json');
  if (!loaded && existsSync(index)) {
    const names = readdirSync(FOLDER).filter((name) => CODE.test(name));
    loaded = {
      entries: JSON.parse(readFileSync(index, 'utf8')),
      files: new Map(names.map((name) => [name, assetOf(readFileSync(join(FOLDER, name)))])),
    };
  }
  return loaded;
}

/** The console for people at `/`; programs, and whoever has not built it, are sent to the landing page of the API. */
export function mountConsole(app: Express, root: string, base: string): void {
  serve(app, `${root}/`, (req, res) => {
    const files = built();
    if (!files || !wantsHtml(req, undefined)) return res.redirect(`${base}/`);
    res.vary('Accept, Accept-Language').set('Cache-Control', 'no-cache').type('html');
    res.send(consolePage(req, { ...files.entries, base, exercise: exerciseOf(req) }).text);
  });
  serve(app, `${root}/console/:name`, async (req, res) => {
    const { name } = req.params as { name: string };
    const file = built()?.files.get(name);
    if (!file) throw notFound('asset', name);
    // the name contains a hash of the content
    res.setHeader('Cache-Control', IMMUTABLE);
    await sendAsset(req, res, { name, asset: file });
  });
}
