import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The library with which portals read OGC API. */
export { OgcApiEndpoint } from '@camptocamp/ogc-client';

const PYTHON = '/usr/bin/python3'; // where Debian puts OWSLib
const run = promisify(execFile);

/** Whether OWSLib can be run here: python3-owslib. */
export const hasOwslib: boolean = (() => {
  try {
    execFileSync(PYTHON, ['-c', 'import owslib.ogcapi.features'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
})();

/** One page of a layer, read by OWSLib. */
export async function owslib(url: string, collection: string, parameters: object) {
  const script = join(import.meta.dirname, 'owslib_page.py');
  const { stdout } = await run(PYTHON, [script, url, collection, JSON.stringify(parameters)]);
  return JSON.parse(stdout) as { collections: string[]; items: { features: { id: string }[] } };
}
