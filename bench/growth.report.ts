import type { GrownQuestion } from './growth.ts';

const GROWN_TARGET = 1.5; // times the time

const HEADINGS = [
  'question',
  'features',
  'small, ms',
  'large, ms',
  'ratio',
  'small/s',
  'large/s',
  'ratio',
  'for a feature',
  'target',
];

/** Headings and rows. */
export const growthTable = (growth: readonly GrownQuestion[]): [string[], string[][]] => [
  HEADINGS,
  growth.map(growthRow),
];

/** A full page or a tile of as large an area has more of them. */
function growthRow({ name, small, large }: GrownQuestion): string[] {
  const more = large.features / small.features;
  const times = [large.databaseMs / small.databaseMs, small.rate / large.rate] as const;
  return [
    name,
    `${small.features}, ${large.features}`,
    small.databaseMs.toFixed(2),
    large.databaseMs.toFixed(2),
    times[0].toFixed(2),
    small.rate.toFixed(0),
    large.rate.toFixed(0),
    times[1].toFixed(2),
    times.map((one) => (one / more).toFixed(2)).join(', '),
    `≤ ${GROWN_TARGET}: ${times[1] / more <= GROWN_TARGET ? 'met' : 'missed'}`,
  ];
}
