import { migrationFiles, type SqlFile, schemaFiles } from './schema.files.ts';

/**
 * Number of this program. A release that changes migrations/ or schema/ has the next one. Programs before numbers, up to
 * migration 0014, count as 1.
 */
const PROGRAM = 6;
/**
 * The oldest program that may run on the schema of this one: it finds every view, column and function that it uses, with the
 * same meaning. Raise it only where that is not so; then operators stop the older program before they migrate.
 */
const OLDEST_PROGRAM = 6;

/** A version of the service, as far as its database matters. */
export interface Program {
  number: number;
  oldest: number;
  migrations: readonly SqlFile[];
  schema: readonly SqlFile[];
}

export const thisProgram = (): Program => ({
  number: PROGRAM,
  oldest: OLDEST_PROGRAM,
  migrations: migrationFiles(),
  schema: schemaFiles(),
});

/** What base.schema_program says. */
export interface SchemaProgram {
  program: number;
  oldest_program: number;
}

/** Whether a newer program made the schema, and lets this one run. */
export const isNewerButFits = ({ program, oldest_program }: SchemaProgram, { number }: Program): boolean =>
  program > number && oldest_program <= number;

/** What an operator does about a schema that is too new. */
export const tooOldSentence = ({ program, oldest_program }: SchemaProgram, { number }: Program): string =>
  `The schema was made by program ${program} and needs program ${oldest_program} or later; this is program ${number}. Start a newer version.`;
