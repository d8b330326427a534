import { runLoad, sampleAnswers } from './load.ts';
import type { Options } from './options.ts';
import { runPgbench, type Script, scriptOf } from './pgbench.ts';
import type { Question } from './question.ts';
import { say } from './say.ts';
import type { Service } from './service.process.ts';

export interface Comparison {
  question: Question;
  /** Medians of the rounds. */
  requestsPerSecond: number;
  transactionsPerSecond: number;
  /** Processors used by the service and the load. */
  serviceCpus: number;
  loadCpus: number;
  /** Average size of an answer. */
  sample: { features: number; bytes: number };
}

const WARM_UP_SECONDS = 5;

/** The service and pgbench in turn, so that other load affects both. Default: pgbench runs the same SQL. */
export async function compare(
  databaseUrl: string,
  service: Service,
  question: Question,
  options: Options,
  other?: Script,
): Promise<Comparison> {
  const script = other ?? (await scriptOf(databaseUrl, question));
  // the first thousands of requests also pay for JIT compilation
  await runLoad(service.port, question, { ...options, seconds: WARM_UP_SECONDS });
  const rounds = [];
  for (let round = 0; round < options.rounds; round++) {
    const load = await timed(service, () => runLoad(service.port, question, options));
    const pgbench = await runPgbench(databaseUrl, script, options);
    rounds.push({ ...load, pgbench });
    say(`  ${question.name}: ${Math.round(load.rate)} requests/s, ${Math.round(pgbench)} transactions/s`);
  }
  return {
    question,
    requestsPerSecond: median(rounds.map(({ rate }) => rate)),
    transactionsPerSecond: median(rounds.map(({ pgbench }) => pgbench)),
    serviceCpus: median(rounds.map(({ serviceCpus }) => serviceCpus)),
    loadCpus: median(rounds.map(({ loadCpus }) => loadCpus)),
    sample: await sampleAnswers(service.port, question),
  };
}

async function timed(service: Service, work: () => Promise<number>) {
  const [startedMs, usedBefore, ownBefore] = [
    performance.now(),
    await service.cpuSeconds(),
    process.cpuUsage(),
  ];
  const rate = await work();
  const seconds = (performance.now() - startedMs) / 1000;
  const { user, system } = process.cpuUsage(ownBefore);
  const used = (await service.cpuSeconds()) - usedBefore;
  return { rate, serviceCpus: used / seconds, loadCpus: (user + system) / 1e6 / seconds };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
