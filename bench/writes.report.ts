import type { SideMeasures, WriteCost, WriteMeasures } from './writes.ts';

const WRITES_TARGET = 1.6;

export const WRITE_HEADINGS = [
  '',
  'side',
  'a second',
  'database, ms',
  'service, ms',
  'log, kB',
  'ratio of rates',
  'target',
];

/** A row for each side of each kind of write. */
export function writeRows({ clients, lines, sides }: WriteMeasures): string[][] {
  const kinds: [title: string, of: (side: SideMeasures) => WriteCost, target: string][] = [
    [`one incident, ${clients} writers`, ({ writes }) => writes, `≥ ${WRITES_TARGET}`],
    [`line of an import of ${lines}, warm`, ({ warmImport }) => warmImport, '–'],
    ['the same with cold caches', ({ coldImport }) => coldImport, '–'],
  ];
  const before = sides.find(({ of }) => of === 'before');
  return kinds.flatMap(([title, costOf, target]) =>
    sides.map((side) => {
      const cost = costOf(side);
      const ratio = before && side !== before ? (cost.rate / costOf(before).rate).toFixed(2) : '';
      return [
        title,
        side.of,
        cost.rate.toFixed(0),
        cost.databaseMs.toFixed(2),
        cost.serviceMs.toFixed(2),
        (cost.walBytes / 1000).toFixed(1),
        ratio,
        ratio && target,
      ];
    }),
  );
}
