import { measureAlerts } from './alerts.ts';
import { prepareDatabase } from './bench.database.ts';
import { compareBulk } from './bulk.ts';
import { type Comparison, compare } from './comparison.ts';
import { reportConsole } from './console.report.ts';
import { measureConsole } from './console.ts';
import { measureDearFilters } from './dear.filters.ts';
import { deepCursor } from './deep.cursor.ts';
import { compareDownloads } from './downloads.ts';
import { filterCosts } from './filter.cost.ts';
import { measureGrowth } from './growth.ts';
import { describeMachine } from './machine.ts';
import { type Options, readOptions } from './options.ts';
import { comparePeers } from './peers.ts';
import { compareProcesses } from './processes.ts';
import type { Question } from './question.ts';
import { questions } from './questions.ts';
import {
  report,
  reportAlerts,
  reportDearFilters,
  reportDownloads,
  reportFilter,
  reportGrowth,
  reportPeers,
  reportProcesses,
  reportStreams,
  reportTexts,
  reportTiles,
  reportWorlds,
  reportWrites,
} from './report.ts';
import { type Service, startService } from './service.process.ts';
import { measureSlowTexts } from './slow.texts.ts';
import { reportStarts } from './start.report.ts';
import { measureStarts } from './start.ts';
import { measureStreams } from './stream.ts';
import { measureTiles } from './tiles.ts';
import { measureWorlds } from './worlds.ts';
import { measureWrites } from './writes.ts';

/** Compares each speed promise with the same SQL run by pgbench, and prints a table. */
async function bench(options: Options): Promise<string> {
  if (options.only === 'texts') return reportTexts(measureSlowTexts());
  if (options.only === 'start') return reportStarts(await measureStarts(options.before, options.serverUrl));
  if (options.only === 'worlds') return reportWorlds(await measureWorlds(options));
  if (options.only === 'writes' && options.before) return benchWrites(options);
  const databaseUrl = await prepareDatabase(options);
  const machine = await describeMachine(databaseUrl);
  if (options.only === 'tiles') return reportTiles(machine, await measureTiles(databaseUrl, options));
  if (options.only === 'console')
    return `${machine}\n\n${reportConsole(await measureConsole(databaseUrl, options))}`;
  if (options.only === 'stream') return reportStreams(machine, await measureStreams(databaseUrl, options));
  if (options.only === 'alerts') return reportAlerts(machine, await measureAlerts(databaseUrl, options));
  if (options.only === 'dear-filters')
    return reportDearFilters(machine, await measureDearFilters(databaseUrl, options));
  if (options.only === 'writes') return reportWrites(machine, await measureWrites(databaseUrl, options));
  if (options.only === 'growth') return reportGrowth(machine, await measureGrowth(databaseUrl, options));
  if (options.only === 'peers') return reportPeers(machine, await comparePeers(databaseUrl, options));
  if (options.only === 'processes')
    return reportProcesses(machine, await compareProcesses(databaseUrl, options));
  const service = await startService(databaseUrl);
  try {
    if (options.only === 'downloads')
      return reportDownloads(machine, await compareDownloads(databaseUrl, service, options));
    const asked = questions({ zones: options.zones, cursor: await deepCursor(databaseUrl, service.port) });
    const costs = await filterCosts(databaseUrl, asked, options);
    if (options.only === 'filter') return reportFilter(machine, costs);
    const comparisons = await compareAll(databaseUrl, service, asked, options);
    const bulk = await compareBulk(databaseUrl, service.port, options);
    const downloads = await compareDownloads(databaseUrl, service, options);
    const tiles = await measureTiles(databaseUrl, options);
    const streams = await measureStreams(databaseUrl, options);
    const peers = await comparePeers(databaseUrl, options);
    const texts = measureSlowTexts();
    return report(machine, { comparisons, peers, bulk, costs, downloads, tiles, streams, texts });
  } finally {
    await service.stop();
  }
}

/** On copies of the database of the service before, which stays as that service left it. */
async function benchWrites(options: Options): Promise<string> {
  const url = Object.assign(new URL(options.serverUrl), { pathname: options.beforeDatabase }).href;
  return reportWrites(await describeMachine(url), await measureWrites(url, options));
}

async function compareAll(
  databaseUrl: string,
  service: Service,
  asked: readonly Question[],
  options: Options,
): Promise<Comparison[]> {
  const comparisons = [];
  for (const question of asked) comparisons.push(await compare(databaseUrl, service, question, options));
  return comparisons;
}

try {
  process.stdout.write(await bench(readOptions(process.argv.slice(2), process.env)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
