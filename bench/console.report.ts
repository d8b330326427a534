import type { ConsoleMeasures } from './console.ts';

const MOST_RATIO = 1.3;
const MOST_OWN_MS = 8;
const MOST_TASK_MS = 50;
const MOST_ARRIVAL_MS = 1_000;
const MOST_KB = 120;

const met = (isMet: boolean): string => (isMet ? 'met' : 'missed');

export const reportConsole = ({ pans, arrivalMs, scriptBytes }: ConsoleMeasures): string =>
  [
    '| panned at zoom | frames | p95 with incidents, ms | p95 without, ms | ratio, ≤ 1.3 | own script a frame, p95 ms, ≤ 8 | its longest, ms, ≤ 50 |',
    '|---|---|---|---|---|---|---|',
    ...pans.map(({ zoom, frames, frameMs: { full, empty }, ownMs }) => {
      const ratio = full / empty;
      return `| ${zoom} | ${frames} | ${full.toFixed(0)} | ${empty.toFixed(0)} | ${ratio.toFixed(2)}: ${met(ratio <= MOST_RATIO)} | ${ownMs.p95.toFixed(1)}: ${met(ownMs.p95 <= MOST_OWN_MS)} | ${ownMs.most.toFixed(0)}: ${met(ownMs.most <= MOST_TASK_MS)} |`;
    }),
    '',
    '| promise | measured | target |',
    '|---|---|---|',
    `| from the answer of a write to the map of a neighbour, ${arrivalMs.count} writes | p50 ${arrivalMs.p50} ms, p95 ${arrivalMs.p95} ms | p95 ≤ 1 s: ${met(arrivalMs.p95 <= MOST_ARRIVAL_MS)} |`,
    `| script of the console, compressed | ${(scriptBytes / 1000).toFixed(0)} kB | ≤ ${MOST_KB} kB: ${met(scriptBytes <= MOST_KB * 1000)} |`,
    '',
  ].join('\n');
