import type { Knex } from 'knex';
import { viewerOf } from '../../../src/core/caller.ts';
import { type Follower, LAYERS, numberOf } from '../follower.ts';

/** A feed row, read by the owner of the tables. */
export interface Row {
  collection: string;
  id: string;
  at: string;
  audience: number;
  red: string[];
}

/** The feed position before the first write. */
export async function startOf(owner: Knex): Promise<string> {
  const { rows } = await owner.raw('SELECT pg_current_xact_id()::text AS xid');
  return rows[0].xid;
}

export async function readFeed(owner: Knex, start: string): Promise<Row[]> {
  const { rows } = await owner.raw(
    `SELECT c.collection, c.id, tripoint.utc(c.at) AS at, c.audience_before | c.audience_after AS audience,
            ARRAY[c.red_before, c.red_after] AS red
     FROM base.change AS c WHERE c.xid >= ?::xid8 AND c.collection = ANY (?) ORDER BY c.xid, c.collection, c.id`,
    [start, LAYERS],
  );
  return rows;
}

/** No entry is missing, duplicated or out of order, up to the final mark. */
export function checkEntries(followers: readonly Follower[], rows: readonly Row[], mark: string): string[] {
  const end = rows.findIndex(({ id }) => id === mark) + 1;
  const numbered = rows.slice(0, end).map((row) => ({ ...row, number: numberOf(row) }));
  return followers.flatMap(({ reader, way, entries }) => {
    const viewer = viewerOf(reader);
    const expected = numbered
      .filter(
        ({ audience, red }) => (audience & viewer) !== 0 || (reader.agency && red.includes(reader.agency)),
      )
      .map(({ number }) => number);
    const at = expected.findIndex((number, n) => entries[n] !== number);
    if (at < 0) return [];
    const [lost, strange] = [new Set(expected), new Set(entries)];
    for (const number of entries) lost.delete(number);
    for (const number of expected) strange.delete(number);
    return [
      `${reader.name} by ${way}: entry ${at} of ${expected.length} is another one; ${lost.size} are missing, ${strange.size} are not its own`,
    ];
  });
}
