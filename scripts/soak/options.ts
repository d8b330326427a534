import { parseArgs } from 'node:util';

export interface SoakOptions {
  minutes: number;
  /** Per second. */
  writes: number;
  followers: number;
}

const DEFAULTS: SoakOptions = { minutes: 3, writes: 50, followers: 50 };
const NAMES = Object.keys(DEFAULTS) as (keyof SoakOptions)[];

export function readOptions(args: readonly string[]): SoakOptions {
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(NAMES.map((name) => [name, { type: 'string' as const }])),
  });
  const given = values as Partial<Record<keyof SoakOptions, string>>;
  return Object.fromEntries(
    NAMES.map((name) => [name, positive(name, given[name] ?? String(DEFAULTS[name]))]),
  ) as unknown as SoakOptions;
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (number > 0) return number;
  throw new Error(`--${name} must be a number above 0, not ${text}.`);
}
