import { COUNTRY_CODES, type Role } from '../../src/core/caller.ts';
import { callerOf, type NamedCaller } from '../support/callers.ts';
import { describedOperation, withParameter } from '../support/document.parameters.ts';
import { dryDatabase } from '../support/dry.database.ts';
import { startOfFeed } from '../support/feed.ts';
import { type HttpClient, openClient } from '../support/http.client.ts';
import type { Thing } from '../support/label.world.ts';
import type { TestService } from '../support/service.ts';
import { type RecordedStatement, recordingDatabase } from '../support/statement.record.ts';
import { readRows } from './read.rows.ts';
import type { Cell, MatrixWorld } from './row.ts';
import { writeRows } from './write.rows.ts';

/** A key of each country, for the rows of the matrix. */
export async function keysOf({ ask }: HttpClient): Promise<MatrixWorld['keys']> {
  const keys = [];
  for (const country of COUNTRY_CODES) {
    const { body } = await ask({ path: '/keys', headers: callerOf(country, 'admin').headers });
    keys.push({ id: body.keys[0].id as string, country });
  }
  return keys;
}

/**
 * Each statement that the service sends, as often as it differs: every cell of the matrix is asked as the country whose
 * things it is about, and every read also with each of its parameters and from behind a cursor.
 */
export async function everyStatement(
  service: TestService,
  things: readonly Thing[],
): Promise<RecordedStatement[]> {
  const statements = new Map<string, RecordedStatement>();
  const db = recordingDatabase(dryDatabase(service.db), statements);
  const client = await openClient(service.appWith({ db }));
  try {
    const world = { things, keys: await keysOf(client), start: await startOfFeed(service) };
    for (const [id, { roles, readings = [], open = [] }] of Object.entries(readRows(world)))
      await readInManyWays(client, id, ownerOf(things, roles), [
        ...open.map((path) => ({ path })),
        ...readings,
      ]);
    for (const { roles, writings } of Object.values(writeRows(world)))
      for (const writing of writings) await send(client, ownerOf(things, roles), writing);
  } finally {
    await client.close();
  }
  return [...statements.values()];
}

const ownerOf = ([thing]: readonly Thing[], roles: readonly Role[] = ['reader']): NamedCaller =>
  callerOf(thing!.owner, roles[0]!);

const send = ({ ask }: HttpClient, caller: NamedCaller, { path, method = 'get', mediaType, body }: Cell) =>
  ask({ path, method, mediaType, headers: caller.headers, body: body?.(caller) });

async function readInManyWays(client: HttpClient, id: string, caller: NamedCaller, cells: Cell[]) {
  for (const cell of cells) await send(client, caller, cell);
  const [first] = cells;
  if (!first || first.method === 'post') return;
  for (const { name, in: place, example } of describedOperation(id).parameters)
    if (place === 'query' && name !== 'cursor')
      await send(client, caller, { path: withParameter(first.path, name, example) });
  const page = await send(client, caller, { path: withParameter(first.path, 'limit', '1') });
  const next = page.body?.links?.find(({ rel }: { rel: string }) => rel === 'next');
  if (!next) return;
  const { pathname, search } = new URL(next.href);
  // as many as there are: which of several with the same key come first is nobody's promise
  await send(client, caller, { path: withParameter(pathname.slice('/v1'.length) + search, 'limit', '1000') });
}
