import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { sumOfRuns } from './runs.ts';

/** What is read here of the result of a test file. */
interface FileResult {
  testFilePath: string;
  perfStats: { start: number; end: number };
  testResults: { numPassingAsserts?: number }[];
}

const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0);

const assertionsOf = ({ testResults }: FileResult): number =>
  sum(testResults.map(({ numPassingAsserts = 0 }) => numPassingAsserts));

const secondsOf = ({ perfStats: { start, end } }: FileResult): number => (end - start) / 1000;

/**
 * Prints how much was asserted, so that a faster suite that asserts less is noticed.
 * `TEST_SUMS` names a file for the times and sums of each test file.
 */
export default class SumsReporter {
  onRunComplete(_contexts: unknown, { testResults }: { testResults: FileResult[] }): void {
    const assertions = sum(testResults.map(assertionsOf));
    process.stderr.write(`Sums:        ${assertions} assertions, ${sumOfRuns()} runs of property tests\n`);
    if (process.env.TEST_SUMS) writeFileSync(process.env.TEST_SUMS, tableOf(testResults));
  }
}

function tableOf(testResults: FileResult[]): string {
  const rows = testResults.map((one) => {
    const path = relative(process.cwd(), one.testFilePath);
    return [path, secondsOf(one).toFixed(1), one.testResults.length, assertionsOf(one)].join('\t');
  });
  return `${['file\tseconds\ttests\tassertions', ...rows.sort()].join('\n')}\n`;
}
