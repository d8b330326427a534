import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

// where Debian puts the modules of QGIS
const PYTHON = '/usr/bin/python3';
const LONGEST_MS = 240_000;
const run = promisify(execFile);

const CHECK = `import os
from qgis.core import QgsApplication, QgsProviderRegistry
application = QgsApplication([], False)
application.initQgis()
os._exit(0 if 'OAPIF' in QgsProviderRegistry.instance().providerList() else 1)`;

/** Whether QGIS can be run here: python3-qgis and qgis-providers. */
export const hasQgis: boolean = inProfile((env) => {
  try {
    execFileSync(PYTHON, ['-c', CHECK], { env, stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
});

/** QGIS keeps what a service has answered from one run to the next; in a profile of its own it knows nothing. */
function inProfile<T>(work: (env: NodeJS.ProcessEnv) => T): T {
  const profile = mkdtempSync(join(tmpdir(), 'qgis-'));
  const end = () => rmSync(profile, { recursive: true, force: true });
  const result = work({
    ...process.env,
    HOME: profile,
    XDG_RUNTIME_DIR: profile,
    QGIS_CUSTOM_CONFIG_PATH: profile,
    QT_QPA_PLATFORM: 'offscreen',
    TZ: 'UTC',
  });
  if (result instanceof Promise) result.then(end, end);
  else end();
  return result;
}

/** Runs one job of qgis_layer.py. */
export const qgis = <Answer>(
  root: string,
  key: string | undefined,
  job: 'describe' | 'count' | 'read' | 'edit',
  ...args: unknown[]
): Promise<Answer> =>
  inProfile(async (env) => {
    const command = ['test/support/qgis_layer.py', root, key ? `qgis:${key}` : '', job, JSON.stringify(args)];
    const { stdout } = await run(PYTHON, command, { env, timeout: LONGEST_MS, maxBuffer: 50_000_000 });
    return JSON.parse(stdout);
  });

interface DrawnLayer {
  renderer: string;
  /** Labels, in order. */
  legend: string[];
  /** Colours by pixel, row by row, for each id. */
  pictures: Record<string, string[]>;
}

/** Draws a layer of a GeoPackage (qgis_style.py). */
export const drawnByQgis = (file: string, layer: string): Promise<DrawnLayer> =>
  inProfile(async (env) => {
    const command = ['test/support/qgis_style.py', file, layer];
    const { stdout } = await run(PYTHON, command, { env, timeout: LONGEST_MS, maxBuffer: 50_000_000 });
    return JSON.parse(stdout);
  });
