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

/** For pages, documents and the terminal of an exercise. */
export const notReal = (names: World['names']) => ({
  en: `Exercise ${names?.en}: nothing here is real.`,
  fr: `Exercice ${names?.fr} : rien ici n’est réel.`,
  ar: `تمرين ${names?.ar}: لا شيء هنا حقيقي.`,
});

/** A title and a description, which name an exercise. The actual world adds nothing. */
export const publishedIn = <D extends { title: string; description: string }>(
  exercise: Pick<World, 'names'> | undefined,
  said: D,
): D =>
  exercise
    ? {
        ...said,
        title: titleIn(exercise, said.title),
        description: `${notReal(exercise.names).en} ${said.description}`,
      }
    : said;

export const titleIn = (exercise: Pick<World, 'names'> | undefined, title: string): string =>
  exercise ? `${title} (exercise ${exercise.names?.en})` : title;
