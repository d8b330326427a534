import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import type { Knex } from 'knex';
import { migrationFiles } from '../../src/db/schema.files.ts';

const FOLDER = 'test/fixtures/upgrade';

/** Keys of the fixture by country and role, such as `TUN reader`. */
export const fixtureKeys = (commit: string): Record<string, string> =>
  JSON.parse(readFileSync(`${FOLDER}/${commit}.keys.json`, 'utf8'));

/** Fills an empty database with what the version of this commit left (scripts/upgrade-fixture.ts). */
export async function loadFixture(knex: Knex, commit: string): Promise<void> {
  const text = brotliDecompressSync(readFileSync(`${FOLDER}/${commit}.sql.br`)).toString();
  const roles = migrationFiles()[0]!.text.match(/^DO \$\$ BEGIN CREATE ROLE .*$/gm)!;
  // with the search path of pg_dump a trigger over geometries does not find its operator
  const found = text.replace(
    `set_config('search_path', '', false)`,
    `set_config('search_path', 'public', false)`,
  );
  for (const part of [...roles, 'CREATE EXTENSION IF NOT EXISTS postgis', found, 'RESET search_path'])
    await knex.raw(part.replaceAll('?', '\\?'));
}

/** The number of rows of each table. */
export async function rowCounts(knex: Knex): Promise<Record<string, number>> {
  const { rows } = await knex.raw(`SELECT c.relname AS name,
      (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM base.%I', c.relname), false, true, '')))[1]::text::int AS n
    FROM pg_class AS c WHERE c.relnamespace = 'base'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`);
  return Object.fromEntries(rows.map(({ name, n }: { name: string; n: number }) => [name, n]));
}
