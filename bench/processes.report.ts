import type { ProcessMeasures } from './processes.ts';

const MEGABYTE = 1_000_000;

export const processRows = ({ comparisons, memory }: ProcessMeasures): string[] => [
  '| question | one process, answers/s | two processes | ratio |',
  '|---|---|---|---|',
  ...comparisons.map(
    ({ question, one, two }) =>
      `| ${question} | ${one.toFixed(0)} | ${two.toFixed(0)} | ${(two / one).toFixed(2)} |`,
  ),
  '',
  '| processes | memory at rest, MB | after the load |',
  '|---|---|---|',
  ...memory.map(
    ({ processes, atRest, afterLoad }) =>
      `| ${processes} | ${(atRest / MEGABYTE).toFixed(0)} | ${(afterLoad / MEGABYTE).toFixed(0)} |`,
  ),
];
