export type WorldKind = 'actual' | 'exercise';

/** What a database is: the actual world, or one exercise. */
export interface World {
  /** `actual`, or the name of the exercise in addresses and files. */
  id: string;
  kind: WorldKind;
  /** Of an exercise. */
  names: { en: string; fr: string; ar: string } | null;
  endedAt: string | null;
}

export type WorldReader = () => Promise<World>;

// Twin: base.is_of_world in schema/worlds/is_of_world.function.sql, compared by test/worlds/natures.test.ts
const NATURES_OF_WORLD = {
  actual: ['actual', 'test'],
  exercise: ['exercise'],
} as const satisfies Record<WorldKind, readonly string[]>;

export const naturesOf = ({ kind }: Pick<World, 'kind'>): readonly string[] => NATURES_OF_WORLD[kind];
