import { AreaGeometry, MAX_VERTICES } from '../src/geometry/area.schema.ts';
import { WktArea } from '../src/geometry/wkt.parse.ts';
import { parseCql2Text } from '../src/ogc/cql2/cql2.text.ts';
import { findPersonalData } from '../src/screening/personal-data.ts';
import {
  combRing,
  repeated,
  SLOW_AREAS,
  SLOW_FILTERS,
  SLOW_UNITS,
  slantedCombRing,
} from '../test/support/slow.texts.ts';

export interface TextMeasure {
  reader: string;
  /** The text that takes longest. */
  name: string;
  ms: number;
  /** Its time compared with that of a tenth of its length; the largest of all texts. */
  growth: number;
}

interface Trial {
  name: string;
  length: number;
  read: (length: number) => unknown;
}

const TRIES = 5;
const LEAST_MS = 2; // below it the clock and the garbage collector decide

const refused = (read: () => unknown): void => {
  try {
    read();
  } catch {}
};

const TRIALS: Record<string, Trial[]> = {
  'screening of personal data': SLOW_UNITS.map((unit) => ({
    name: JSON.stringify(unit),
    length: 100_000,
    read: (length) => findPersonalData(repeated(unit, length)),
  })),
  'CQL2 text': SLOW_FILTERS.map(([name, textOf]) => ({
    name,
    length: 100_000,
    read: (length) => refused(() => parseCql2Text(textOf(length), 'cql2-text')),
  })),
  'WKT of an area': SLOW_AREAS.map(([name, textOf, length]) => ({
    name,
    length,
    read: (part) => WktArea.safeParse(textOf(part)),
  })),
  'check of an area': [combRing, slantedCombRing].map((ringOf) => ({
    name: ringOf.name,
    length: MAX_VERTICES,
    read: (vertices) => AreaGeometry.safeParse({ type: 'Polygon', coordinates: [ringOf(vertices)] }),
  })),
};

/** The time that input takes which was made to be slow, and how it grows with the length. */
export const measureSlowTexts = (): TextMeasure[] =>
  Object.entries(TRIALS).map(([reader, trials]) => {
    const measures = trials.map(({ name, length, read }) => {
      const [tenth, ms] = [Math.floor(length / 10), length].map((part) => quickest(() => read(part)));
      return { reader, name, ms: ms!, growth: ms! / Math.max(tenth!, LEAST_MS) };
    });
    const slowest = measures.reduce((most, one) => (one.ms > most.ms ? one : most));
    return { ...slowest, growth: Math.max(...measures.map(({ growth }) => growth)) };
  });

function quickest(work: () => unknown): number {
  const times = Array.from({ length: TRIES }, () => {
    const startedMs = performance.now();
    work();
    return performance.now() - startedMs;
  });
  return Math.min(...times);
}
