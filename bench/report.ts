import { alertRows, dearFilterRows } from './alerts.report.ts';
import type { AlertMeasures } from './alerts.ts';
import type { BulkComparison } from './bulk.ts';
import type { Comparison } from './comparison.ts';
import type { DearFilterMeasures } from './dear.filters.ts';
import { DOWNLOAD_HEADINGS, downloadRows } from './downloads.report.ts';
import type { DownloadComparison } from './downloads.ts';
import type { FilterCost } from './filter.cost.ts';
import { growthTable } from './growth.report.ts';
import type { GrownQuestion } from './growth.ts';
import type { PeerComparison } from './peers.ts';
import { processRows } from './processes.report.ts';
import type { ProcessMeasures } from './processes.ts';
import type { TextMeasure } from './slow.texts.ts';
import type { StreamMeasures } from './stream.ts';
import type { TileMeasures } from './tiles.ts';
import type { WorldCost } from './worlds.ts';
import { WRITE_HEADINGS, writeRows } from './writes.report.ts';
import type { WriteMeasures } from './writes.ts';

const PAGES_TARGET = 1.3; // times the duration of the first page
const BULK_TARGET = 0.35;
const FILTER_TARGET = 0.85;
const STREAM_TARGET_KB = 100;
const GROWTH_TARGET = 30; // times the time for ten times the length: 10 is linear, 100 the square

interface Results {
  comparisons: readonly Comparison[];
  peers: readonly PeerComparison[];
  bulk: BulkComparison;
  costs: readonly FilterCost[];
  downloads: readonly DownloadComparison[];
  tiles: TileMeasures;
  streams: StreamMeasures;
  texts: readonly TextMeasure[];
}
const HEADINGS = [
  'question',
  'features',
  'kB',
  'requests/s',
  'pgbench/s',
  'ratio',
  'target',
  'service CPUs',
  'load CPUs',
];

/** The results as Markdown. */
export const report = (
  machine: string,
  { comparisons, peers, bulk, costs, downloads, tiles, streams, texts }: Results,
): string =>
  [
    ...measuredOn(machine),
    ...table(HEADINGS, comparisons.map(rowOf)),
    '',
    ...peersTable(peers),
    '',
    ...table(['promise', 'measured', 'target'], [pagesRow(comparisons), bulkRow(bulk)]),
    '',
    ...filterTable(costs),
    '',
    ...downloadTable(downloads),
    '',
    ...tileTables(tiles),
    '',
    ...streamTables(streams),
    '',
    ...textTable(texts),
    '',
  ].join('\n');

export const reportProcesses = (machine: string, measures: ProcessMeasures): string =>
  [...measuredOn(machine), ...processRows(measures), ''].join('\n');

export const reportWorlds = ({ machine, costs }: { machine: string; costs: readonly WorldCost[] }): string =>
  [
    ...measuredOn(machine),
    ...table(
      ['exercises beside the actual world', 'memory at rest, MB', 'connections at rest', 'first answer, s'],
      costs.map(({ exercises, residentBytes, connections, startSeconds }) => [
        String(exercises),
        (residentBytes / 1_000_000).toFixed(0),
        String(connections),
        startSeconds.toFixed(1),
      ]),
    ),
    '',
  ].join('\n');

export const reportPeers = (machine: string, peers: readonly PeerComparison[]): string =>
  [...measuredOn(machine), ...peersTable(peers), ''].join('\n');

/** Beside the service before, and beside what a user would pick instead. */
const peersTable = (peers: readonly PeerComparison[]): string[] =>
  table(
    ['question', 'features', 'kB', 'before/s', 'now/s', 'ratio', 'peer/s', 'ratio', 'peer', 'target'],
    peers.map(({ question, sample, now, before, peer, target: { least, of } }) => {
      const ratios = { before: before && now / before, peer: peer && now / peer.rate };
      const reached = ratios[of];
      return [
        question.name,
        String(sample.features),
        (sample.bytes / 1000).toFixed(1),
        before?.toFixed(0) ?? '–',
        now.toFixed(0),
        ratios.before?.toFixed(2) ?? '–',
        peer?.rate.toFixed(0) ?? '–',
        ratios.peer?.toFixed(2) ?? '–',
        peer?.name ?? '–',
        `≥ ${least} × ${of} ${reached === undefined ? '' : verdict(reached >= least)}`,
      ];
    }),
  );

export const reportDownloads = (machine: string, downloads: readonly DownloadComparison[]): string =>
  [...measuredOn(machine), ...downloadTable(downloads), ''].join('\n');

export const reportAlerts = (machine: string, alerts: AlertMeasures): string =>
  [...measuredOn(machine), ...table(['promise', 'measured', 'target'], alertRows(alerts)), ''].join('\n');

export const reportDearFilters = (machine: string, dear: DearFilterMeasures): string =>
  [...measuredOn(machine), ...table(['promise', 'measured', 'target'], dearFilterRows(dear)), ''].join('\n');

export const reportWrites = (machine: string, writes: WriteMeasures): string =>
  [
    ...measuredOn(machine),
    ...table(WRITE_HEADINGS, writeRows(writes)),
    '',
    `Cold caches: ${writes.cold}.`,
    '',
  ].join('\n');

export const reportTiles = (machine: string, tiles: TileMeasures): string =>
  [...measuredOn(machine), ...tileTables(tiles), ''].join('\n');

export const reportStreams = (machine: string, streams: StreamMeasures): string =>
  [...measuredOn(machine), ...streamTables(streams), ''].join('\n');

/** Beside the same questions to a smaller database. */
export const reportGrowth = (machine: string, growth: readonly GrownQuestion[]): string =>
  [...measuredOn(machine), ...table(...growthTable(growth)), ''].join('\n');

export const reportTexts = (texts: readonly TextMeasure[]): string => [...textTable(texts), ''].join('\n');

const textTable = (texts: readonly TextMeasure[]): string[] =>
  table(
    ['text made to be slow for', 'slowest', 'ms', 'for ten times the length', 'target'],
    texts.map(({ reader, name, ms, growth }) => [
      reader,
      name,
      ms.toFixed(0),
      `${growth.toFixed(1)} × the time`,
      `≤ ${GROWTH_TARGET} ${verdict(growth <= GROWTH_TARGET)}`,
    ]),
  );

/** Latency of streams, and their memory. */
const streamTables = ({ latencies, memory, cpus }: StreamMeasures): string[] => [
  ...table(
    ['from the answer of a write to', 'p50 ms', 'p99 ms', 'receipts', 'target'],
    latencies.map(({ name, p50Ms, p99Ms, count, targetMs }) => [
      name,
      p50Ms.toFixed(0),
      p99Ms.toFixed(0),
      String(count),
      targetMs ? `p99 ≤ ${targetMs} ${verdict(p99Ms <= targetMs)}` : '',
    ]),
  ),
  '',
  ...table(
    ['promise', 'measured', 'target'],
    [
      [
        `memory of each of ${memory.streams} streams`,
        `${memory.kilobytesEach.toFixed(0)} kB`,
        `≤ ${STREAM_TARGET_KB} ${verdict(memory.kilobytesEach <= STREAM_TARGET_KB)}`,
      ],
      ['processors that the service took meanwhile', cpus.toFixed(2), ''],
    ],
  ),
];

/** Without cache beside pgbench, from cache, and during writes. */
function tileTables({ cold, warm, written }: TileMeasures): string[] {
  const [z4, , z12] = cold.map(({ transactionsPerSecond }) => transactionsPerSecond);
  const times = z12! / z4!;
  return [
    ...table(HEADINGS, cold.map(rowOf)),
    '',
    ...table(
      ['promise', 'measured', 'target'],
      [
        [
          'tile of zoom 4 beside one of zoom 12',
          `${times.toFixed(2)} × the time`,
          `≤ 5 ${verdict(times <= 5)}`,
        ],
        [
          'tiles from memory, a second of one processor',
          `${warm.perCpu.toFixed(0)} (${warm.rate.toFixed(0)}/s, ${warm.cpus.toFixed(2)} CPUs)`,
          `≥ 4,000 ${verdict(warm.perCpu >= 4000)}`,
        ],
        [
          `tiles while ${written.writesPerSecond.toFixed(0)} incidents a second are written into them`,
          `${written.rate.toFixed(0)}/s; ${written.stale} of ${written.writes} writes were missing in the next tile`,
          `none stale ${verdict(written.stale === 0)}`,
        ],
      ],
    ),
  ];
}

export const reportFilter = (machine: string, costs: readonly FilterCost[]): string =>
  [...measuredOn(machine), ...filterTable(costs), ''].join('\n');

const measuredOn = (machine: string): string[] => [
  `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine}.`,
  '',
];

/** The cost of the views' filter: answers per processor second of the database. */
const filterTable = (costs: readonly FilterCost[]): string[] =>
  table(
    ["with and without the views' filter", 'with/CPU s', 'without/CPU s', 'ratio', 'target'],
    costs.map(({ name, filtered, unfiltered }) => {
      const ratio = filtered / unfiltered;
      const target = `≥ ${FILTER_TARGET} ${verdict(ratio >= FILTER_TARGET)}`;
      return [name, filtered.toFixed(0), unfiltered.toFixed(0), ratio.toFixed(2), target];
    }),
  );

const downloadTable = (downloads: readonly DownloadComparison[]): string[] =>
  table(DOWNLOAD_HEADINGS, downloadRows(downloads));

const rowOf = (comparison: Comparison): string[] => {
  const { question, requestsPerSecond, transactionsPerSecond, sample, serviceCpus, loadCpus } = comparison;
  const ratio = requestsPerSecond / transactionsPerSecond;
  return [
    question.name,
    String(sample.features),
    (sample.bytes / 1000).toFixed(1),
    requestsPerSecond.toFixed(0),
    transactionsPerSecond.toFixed(0),
    ratio.toFixed(2),
    question.target ? `≥ ${question.target} ${verdict(ratio >= question.target)}` : '',
    serviceCpus.toFixed(2),
    loadCpus.toFixed(2),
  ];
};

function pagesRow(comparisons: readonly Comparison[]): string[] {
  const [first, deep] = comparisons.slice(-2).map(({ requestsPerSecond }) => requestsPerSecond);
  const times = first! / deep!;
  return [
    'page 10,000 beside page 1',
    `${times.toFixed(2)} × the time`,
    `≤ ${PAGES_TARGET} ${verdict(times <= PAGES_TARGET)}`,
  ];
}

function bulkRow({ lines, imported, inserted }: BulkComparison): string[] {
  const ratio = imported / inserted;
  const rates = `${imported.toFixed(0)} lines/s beside ${inserted.toFixed(0)} rows/s`;
  return [
    `import of ${lines} lines beside one INSERT … SELECT`,
    `${rates}: ${ratio.toFixed(2)}`,
    `≥ ${BULK_TARGET} ${verdict(ratio >= BULK_TARGET)}`,
  ];
}

const verdict = (isMet: boolean): string => (isMet ? '✓' : '✗');

const table = (head: readonly string[], rows: readonly string[][]): string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
