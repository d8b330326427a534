import { type ConsoleMeasures, percentile } from './console.ts';

const MOST_RATIO = 1.3;
const MOST_OWN_MS = 8;
const MOST_TASK_MS = 50;
const MOST_ARRIVAL_MS = 1_000;
const MOST_KB = 120;

const met = (isMet: boolean): string => (isMet ? 'met' : 'missed');

function arrivalRow(where: string, delays: readonly number[]): string {
  const [p50, p95] = [0.5, 0.95].map((share) => percentile(delays, share)) as [number, number];
  return `| from the answer of a write to the ${where} of a neighbour, ${delays.length} writes | p50 ${p50} ms, p95 ${p95} ms | p95 ≤ 1 s: ${met(p95 <= MOST_ARRIVAL_MS)} |`;
}

export const reportConsole = ({ pans, arrivals, firstView, scriptBytes }: ConsoleMeasures): string =>
  [
    '| panned at zoom | frames | p95 with incidents, ms | p95 without, ms | ratio, ≤ 1.3 | own script a frame, p95 ms, ≤ 8 | in its longest task, ms, ≤ 50 |',
    '|---|---|---|---|---|---|---|',
    ...pans.map(({ zoom, frames, frameMs: { full, empty }, ownMs }) => {
      const ratio = full / empty;
      return `| ${zoom} | ${frames} | ${full.toFixed(0)} | ${empty.toFixed(0)} | ${ratio.toFixed(2)}: ${met(ratio <= MOST_RATIO)} | ${ownMs.p95.toFixed(1)}: ${met(ownMs.p95 <= MOST_OWN_MS)} | ${ownMs.longest.toFixed(0)}: ${met(ownMs.longest <= MOST_TASK_MS)} |`;
    }),
    '',
    '| promise | measured | target |',
    '|---|---|---|',
    arrivalRow('list', arrivals.listMs),
    arrivalRow('map', arrivals.mapMs),
    `| own script in its longest task meanwhile | ${arrivals.longestOwnMs.toFixed(0)} ms | ≤ 50 ms: ${met(arrivals.longestOwnMs <= MOST_TASK_MS)} |`,
    `| first view, ${firstView.mapMs.length} new browsers | list p50 ${percentile(firstView.listMs, 0.5).toFixed(0)} ms, map drawn p50 ${percentile(firstView.mapMs, 0.5).toFixed(0)} ms | – |`,
    `| script of the console, compressed | ${(scriptBytes / 1000).toFixed(0)} kB | ≤ ${MOST_KB} kB: ${met(scriptBytes <= MOST_KB * 1000)} |`,
    '',
  ].join('\n');
