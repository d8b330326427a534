import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Results, readResults } from './results.ts';
import type { ServiceFacts, Suite } from './suites.ts';
import { run } from './tools.ts';

const LARGEST_OUTPUT = 256 * 1024 * 1024; // the suite prints each request and answer

interface Run {
  suite: Suite;
  library: string;
  service: ServiceFacts;
  /** An empty folder. */
  folder: string;
}

/** Runs a suite against a service. Its exit code is always 0, so only the results count. */
export async function runSuite({ suite, library, service, folder }: Run): Promise<Results> {
  const properties = join(folder, 'properties.xml');
  await writeFile(properties, propertiesOf(suite.parameters(service)));
  const { stdout, stderr } = await run(
    'java',
    ['-cp', join(library, '*'), suite.controller, '-o', folder, '-h', 'true', properties],
    { maxBuffer: LARGEST_OUTPUT },
  );
  const file = (await readdir(folder, { recursive: true })).find((name) =>
    name.endsWith('testng-results.xml'),
  );
  if (!file) throw new Error(`The suite left no results. Its last words: ${(stdout + stderr).slice(-1000)}`);
  return readResults(await readFile(join(folder, file), 'utf8'));
}

// without a DOCTYPE, which would be downloaded
function propertiesOf(parameters: Record<string, string>): string {
  const entries = Object.entries(parameters).map(([key, value]) => `<entry key="${key}">${value}</entry>`);
  return `<properties version="1.0">${entries.join('')}</properties>`;
}
