import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (folder: string): string => join(folder, 'runs.txt');

/**
 * How many cases a property test tries: a few in each `npm test`, all of them with `TEST_SAMPLES=full`, which
 * `npm run test:all` sets.
 */
export const samples = (all: number, few: number): number =>
  process.env.TEST_SAMPLES === 'full' ? all : few;

/** Counts the cases that a property test tried. The reporter prints the sum over all test files. */
export function countRuns(count = 1): void {
  appendFileSync(fileOf(process.env.TRIPOINT_TEST_FOLDER!), `${count}\n`);
}

/** Cases that all workers counted so far. */
export function sumOfRuns(): number {
  const file = fileOf(process.env.TRIPOINT_TEST_FOLDER!);
  if (!existsSync(file)) return 0;
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.reduce((sum, line) => sum + Number(line), 0);
}
