import { prepareDatabase } from './bench.database.ts';
import { compareBulk } from './bulk.ts';
import { type Comparison, compare } from './comparison.ts';
import { deepCursor } from './deep.cursor.ts';
import { describeMachine } from './machine.ts';
import { type Options, readOptions } from './options.ts';
import { questions } from './questions.ts';
import { report } from './report.ts';
import { type Service, startService } from './service.process.ts';

/** Measures each promise of speed beside the same SQL run by pgbench, and prints a table. */
async function bench(options: Options): Promise<string> {
  const databaseUrl = await prepareDatabase(options);
  const machine = await describeMachine(databaseUrl);
  const service = await startService(databaseUrl);
  try {
    const comparisons = await compareAll(databaseUrl, service, options);
    return report(machine, comparisons, await compareBulk(databaseUrl, service.port, options));
  } finally {
    await service.stop();
  }
}

async function compareAll(databaseUrl: string, service: Service, options: Options): Promise<Comparison[]> {
  const cursor = await deepCursor(databaseUrl, service.port);
  const comparisons = [];
  for (const question of questions({ zones: options.zones, cursor })) {
    comparisons.push(await compare(databaseUrl, service, question, options));
  }
  return comparisons;
}

try {
  process.stdout.write(await bench(readOptions(process.argv.slice(2), process.env)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
