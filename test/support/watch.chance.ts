import { randomNumbers } from './random.ts';

const WORDS = ['dune', 'wadi', 'well', 'ridge', 'palm', 'road', 'gate', 'lake'];

export interface Chance {
  random(): number;
  pick<T>(from: readonly T[]): T;
  shuffled<T>(from: readonly T[]): T[];
  text(): string;
}

/** Who speaks which language, what happens where and in which words comes from a seed, new in each run. */
export function watchChance(): Chance {
  const seed = Number(process.env.TEST_SEED ?? 1 + Math.floor(Math.random() * 1e9));
  process.stdout.write(`seed of the watch: ${seed} (TEST_SEED=${seed} repeats it)\n`);
  const random = randomNumbers(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const shuffled = <T>(from: readonly T[]): T[] =>
    from
      .map((one) => ({ one, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one);
  const text = () => `${pick(WORDS)} <b>${pick(WORDS)}</b> "${pick(WORDS)}" ${Math.floor(random() * 1e6)}`;
  return { random, pick, shuffled, text };
}
