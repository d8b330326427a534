import { borders, type LonLat, type OracleLine, travel } from './geodesy.oracle.ts';

/** Mulberry32: the same numbers in every run. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;

/** A point at a distance from a random place of a line. */
export const beside = (random: Random, line: OracleLine, metres: number): LonLat =>
  travel(line.at(random() * line.lengthMetres).place, random() * 360, metres);

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

// Algeria, Libya and Tunisia with some sea.
const [WEST, SOUTH, EAST, NORTH] = [-8.7, 18.9, 25.2, 38.5];
const LONGEST_WAY_METRES = 500_000;

const sources: [share: number, make: (random: Random) => LonLat][] = [
  [0.3, (random) => [WEST + random() * (EAST - WEST), SOUTH + random() * (NORTH - SOUTH)]],
  [0.45, (random) => beside(random, pick(random, borders).line, 50_000 * random() ** 2)],
  [0.15, (random) => beside(random, pick(random, borders).line, LONGEST_WAY_METRES * random())],
  [0.05, (random) => [-25 + 70 * random(), 5 + 50 * random()]],
  [0.05, (random) => pick(random, pick(random, borders).line.vertices)],
];

const tripoint = borders[0]!.line.vertices.at(-1)!;

/** Anywhere in the three countries, many close to the lines, some far out or at sea, some on vertices, one on the tripoint. */
export function randomPoints(count: number, seed: number): LonLat[] {
  const random = randomNumbers(seed);
  const points = sources.flatMap(([share, make]) =>
    Array.from({ length: count * share }, () => make(random)),
  );
  return [tripoint, ...points];
}

/** One line in the output of the tests. */
export function reportLargest(what: string, errors: readonly number[], unit: string): void {
  const largest = errors.reduce((most, error) => Math.max(most, error), 0);
  process.stdout.write(`largest error of ${errors.length}: ${what} ${largest.toPrecision(3)} ${unit}\n`);
}
