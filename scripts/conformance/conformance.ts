import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServiceWith } from '../../bench/service.process.ts';
import { say, tell } from './report.ts';
import { fetchLibrary } from './suite.library.ts';
import { runSuite } from './suite.run.ts';
import { type ServiceFacts, SUITES, type Suite } from './suites.ts';
import { missingTools } from './tools.ts';

interface Ready {
  suite: Suite;
  library: string;
}

const missing = await missingTools();
if (missing.length > 0) {
  say(`Not run: the conformance suites of OGC need Java 17 and Maven; not found: ${missing.join(', ')}.`);
} else {
  const ready = await fetchSuites();
  if (ready.length > 0 && !(await areMet(ready))) process.exitCode = 1;
}

async function fetchSuites(): Promise<Ready[]> {
  const ready: Ready[] = [];
  for (const suite of SUITES) {
    const library = await fetchLibrary(suite);
    if ('folder' in library) ready.push({ suite, library: library.folder });
    else say(`${suite.title}: not run, the suite could not be downloaded. ${library.reason}`);
  }
  return ready;
}

/** Runs the suites against a service with the demo data on its own embedded database. */
async function areMet(ready: Ready[]): Promise<boolean> {
  const work = await mkdtemp(join(tmpdir(), 'tripoint-conformance-'));
  const service = await startServiceWith({ DATABASE_URL: undefined, TRIPOINT_DATA: join(work, 'data') });
  try {
    const facts = await factsOf(`http://127.0.0.1:${service.port}/v1/`);
    let met = true;
    for (const { suite, library } of ready) {
      const isDeclared = facts.declared.includes(suite.conformanceClass);
      if (isDeclared) met = (await isMet({ suite, library, service: facts })) && met;
      else say(`${suite.title}: not run, the service does not declare it.`);
    }
    return met;
  } finally {
    await service.stop();
    await rm(work, { recursive: true, force: true });
  }
}

async function isMet({ suite, library, service }: Ready & { service: ServiceFacts }): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), `${suite.artifact}-`));
  try {
    const results = await runSuite({ suite, library, service, folder });
    tell(suite, results);
    // a suite that could not start skips everything
    return results.failed.length === 0 && results.passed > 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function factsOf(root: string): Promise<ServiceFacts> {
  const read = async (path: string) => (await fetch(root + path)).json();
  const { conformsTo } = (await read('conformance')) as { conformsTo: string[] };
  const { collections } = (await read('collections')) as { collections: ServiceFacts['layers'] };
  return { root, declared: conformsTo, layers: collections };
}
