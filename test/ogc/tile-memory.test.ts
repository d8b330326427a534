import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { auditStore } from '../../src/audit/audit.store.ts';
import { readLog } from '../../src/audit/read.log.ts';
import type { LabelledCollection } from '../../src/core/trace.ts';
import { changeLog, readChange } from '../../src/db/change.log.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { render, type Sql, sql } from '../../src/db/sql.ts';
import { type CachedLayer, tileCache } from '../../src/ogc/tiles/tile.cache.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { withQuery } from '../support/database.query.ts';
import { eventually } from '../support/eventually.ts';
import { hearingChanges } from '../support/live.changes.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { pathOfTile, readTile, tileOf } from '../support/tiles.ts';

let service: TestService;
const closing: (() => Promise<unknown>)[] = [];
const reader = as(keyOf('TUN', 'reader'));
const reporter = as(keyOf('TUN', 'reporter'));
const PLACE: [number, number] = [8.42, 35.2];
const tile = pathOfTile('incidents', tileOf(12, PLACE));

/** A service that counts how often it asks the database for tiles. */
function counting(db: Database, purposeNeededFor: readonly LabelledCollection[] = []) {
  let count = 0;
  const counted = (statement: Sql) => {
    if (/AS features/.test(render(statement).text)) count++;
    return statement;
  };
  const app = service.appWith({
    db: withQuery(db, (caller, statement) => db.query(caller, counted(statement))),
    audit: { reads: readLog({ write: auditStore(db).writeReads, purposeNeededFor }) },
    layers: { tileMemoryMegabytes: 16 },
  });
  return {
    api: supertest(app),
    async asked(work: () => Promise<unknown>): Promise<number> {
      const before = count;
      await work();
      return count - before;
    },
  };
}

async function beLive(db: Database): Promise<void> {
  const listener = await hearingChanges(service, db);
  closing.unshift(listener.stop);
}

let first: ReturnType<typeof counting>;
beforeAll(async () => {
  service = await startService();
  await beLive(service.db);
  first = counting(service.db);
  await write(PLACE);
});
afterAll(async () => {
  for (const close of closing) await close();
  await service.stop();
});

async function write(at: [number, number], more: object = {}): Promise<string> {
  const { body } = await first.api
    .post('/v1/incidents')
    .set(reporter)
    .send(anIncident({ at, ...more }))
    .expect(201);
  return body.id;
}
const VIEW = {
  collection: 'incidents',
  viewer: 9,
  agency: 'a',
  box: [0, 0, 1, 1] as [number, number, number, number],
};
const CHANGE = { collection: 'incidents', audience: 15, agencies: ['-'] };

const idsIn = async (
  { api }: { api: TestService['api'] },
  headers: Record<string, string> = reader,
): Promise<unknown[]> =>
  ((await readTile(api, tile, headers)).incidents ?? []).map(({ properties }) => properties.id);

describe('an unchanged tile', () => {
  test('comes from the cache, with the same ETag', async () => {
    const fresh = await first.api.get(tile).set(reader).expect(200);
    let kept = fresh;
    const asked = await first.asked(async () => {
      kept = await first.api.get(tile).set(reader).expect(200);
      await first.api.get(tile).set(reader).set('If-None-Match', fresh.headers.etag!).expect(304);
    });
    expect(asked).toBe(0);
    expect(kept.headers.etag).toBe(fresh.headers.etag);
    expect(kept.body).toEqual(fresh.body);
  });

  test('is audited each time that it is shown', async () => {
    const rowsOf = async (id: string) => {
      await first.api
        .get(tile)
        .set({ ...reader, 'X-Request-Id': id })
        .expect(200);
      return asTableOwner<{ row_count: number }>(
        service.db,
        sql`SELECT e.row_count::int, e.shares FROM base.audit_entry AS e WHERE e.request_id = ${id} AND e.action = 'read'`,
      );
    };
    await write(PLACE);
    const fresh = await rowsOf('fresh-tile');
    const asked = await first.asked(async () => expect(await rowsOf('kept-tile')).toEqual(fresh));
    expect(asked).toBe(0);
    expect(fresh).toEqual([expect.objectContaining({ row_count: (await idsIn(first)).length })]);
  });

  test('is not shown without a required purpose, though another request had one', async () => {
    const strict = counting(service.db, ['incidents']);
    await strict.api
      .get(tile)
      .set({ ...reader, 'X-Purpose': 'Joint patrol planning' })
      .expect(200);
    const asked = await strict.asked(async () => {
      const { body } = await strict.api.get(tile).set(reader).expect(400);
      expect(body.type).toBe('/problems/purpose-needed');
    });
    expect(asked).toBe(0);
  });

  test('stays cached while others change', async () => {
    await idsIn(first);
    await write([9.5, 33]);
    expect(await first.asked(() => idsIn(first))).toBe(0);
  });

  test('stays cached for callers that do not see a write, otherwise the time would reveal it', async () => {
    const other = as(keyOf('DZA', 'reader'));
    await idsIn(first, other);
    await write(PLACE, { tlp: 'AMBER+STRICT' });
    await write(PLACE, { tlp: 'RED' });
    expect(await first.asked(() => idsIn(first, other))).toBe(0);
    await write(PLACE, { tlp: 'GREEN' });
    expect(await first.asked(() => idsIn(first, other))).toBe(1);
  });

  test('is cached per audience, and once for all without labels', async () => {
    const id = await write(PLACE, { tlp: 'AMBER+STRICT' });
    const mine = await idsIn(first);
    expect(mine).toContain(id);
    expect(await idsIn(first, as(keyOf('DZA', 'reader')))).not.toContain(id);
    expect(await idsIn(first)).toEqual(mine);
    const segments = pathOfTile('segments', tileOf(8, PLACE));
    await readTile(first.api, segments, reader);
    expect(await first.asked(() => readTile(first.api, segments))).toBe(0);
  });

  test('is cached per filter and property selection', async () => {
    const asked = await first.asked(async () => {
      for (const query of [
        '?kind=fire',
        '?kind=flood',
        '?properties=kind',
        '?filter=revision=1',
        '?revision=1',
      ])
        await readTile(first.api, tile + query, reader);
    });
    expect(asked).toBe(5);
  });

  test('is read once for concurrent requests', async () => {
    await write(PLACE);
    const asked = await first.asked(() => Promise.all(Array.from({ length: 5 }, () => idsIn(first))));
    expect(asked).toBe(1);
  });

  test('is read again after a while if time changes it', async () => {
    const zones = pathOfTile('zones', tileOf(5, PLACE));
    const read = () => readTile(first.api, zones, reader);
    await read();
    expect(await first.asked(read)).toBe(0);
    await eventually(async () => (await first.asked(read)) === 1);
    const now = () =>
      readTile(first.api, `${tile}?filter=${encodeURIComponent('occurredAt < now()')}`, reader);
    await now();
    await eventually(async () => (await first.asked(now)) === 1);
  });
});

describe('a write', () => {
  test('is in the next tile of the same process, at each zoom', async () => {
    const counts = async () => {
      const { 'incidents-cells': cells = [] } = await readTile(
        first.api,
        pathOfTile('incidents', tileOf(4, PLACE)),
        reader,
      );
      return cells.reduce((sum, { properties }) => sum + Number(properties.count), 0);
    };
    const before = await counts();
    for (let n = 1; n <= 20; n++) {
      const id = await write(PLACE);
      expect(await idsIn(first)).toContain(id);
      expect(await counts()).toBe(before + n);
    }
  });

  test('disappears from the next tile after a narrower label', async () => {
    const id = await write(PLACE, { tlp: 'CLEAR' });
    expect(await idsIn(first, {})).toContain(id);
    await first.api
      .post('/v1/release')
      .set(reporter)
      .send({ collection: 'incidents', id, tlp: 'RED' })
      .expect(200);
    expect(await idsIn(first, {})).not.toContain(id);
  });

  test('invalidates a read that began before', async () => {
    const changes = changeLog();
    changes.resume();
    const memory = tileCache(changes, 1e6);
    const ask = { key: 'a', view: VIEW };
    let finish: (layers: CachedLayer[]) => void = () => {};
    const layer = (text: string) => ({ bytes: Buffer.from(text), etag: text, seen: null });
    const old = memory.readAll(
      [ask],
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    changes.tell({ ...CHANGE, box: [0.5, 0.5, 0.5, 0.5] });
    const [fresh] = await memory.readAll([ask], async () => [layer('new')]);
    finish([layer('old')]);
    expect((await old)[0]!.layer.etag).toBe('old');
    expect(fresh!.layer.etag).toBe('new');
    const [again] = await memory.readAll([ask], async () => [layer('newest')]);
    expect(again).toMatchObject({ layer: { etag: 'new' }, isAgain: true });
  });

  test('is read again by a process without LISTEN', async () => {
    service.db.changes.interrupt();
    expect(
      await first.asked(async () => {
        await idsIn(first);
        await idsIn(first);
      }),
    ).toBe(2);
    service.db.changes.resume();
    expect(
      await first.asked(async () => {
        await idsIn(first);
        await idsIn(first);
      }),
    ).toBe(1);
  });

  test('reaches another process, and one without a connection reads again', async () => {
    if (service.isEmbedded) return;
    const other = openDatabase({ connection: service.connection, poolSize: 2, statementTimeoutSeconds: 60 });
    await beLive(other);
    closing.push(() => other.close());
    const second = counting(other);
    for (let n = 0; n < 10; n++) {
      await idsIn(second);
      expect(await second.asked(() => idsIn(second))).toBe(0);
      const id = await write(PLACE);
      await eventually(async () => (await idsIn(second)).includes(id));
    }
    const ended = await asTableOwner(
      service.db,
      sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND query LIKE '%pg_notify(%' AND pid <> pg_backend_pid()`,
    );
    expect(ended.length).toBeGreaterThanOrEqual(2);
    await eventually(() => !other.changes.isLive());
    const id = await write(PLACE);
    expect(await idsIn(second)).toContain(id);
    await eventually(other.changes.isLive);
    await eventually(service.db.changes.isLive);
    await idsIn(second);
    expect(await second.asked(() => idsIn(second))).toBe(0);
  }, 60_000);
});

describe('the cache', () => {
  const layer = (bytes: number) => ({ bytes: Buffer.alloc(bytes), etag: '', seen: null });
  const ask = (key: string) => ({ key, view: VIEW });

  test('stays below its limit, and evicts unused entries', async () => {
    const changes = changeLog();
    changes.resume();
    const memory = tileCache(changes, 100_000);
    const isKept = async (key: string) =>
      (await memory.readAll([ask(key)], async () => [layer(9000)]))[0]!.isAgain;
    for (let n = 0; n < 50; n++) await isKept(`tile ${n}`);
    expect(await isKept('tile 49')).toBe(true);
    expect(await isKept('tile 0')).toBe(false);
    // one that would push out all others is not kept at all
    await memory.readAll([ask('large')], async () => [layer(60_000)]);
    expect((await memory.readAll([ask('large')], async () => [layer(1)]))[0]!.isAgain).toBe(false);
  });

  test('treats reads before the last thousand changes as stale', () => {
    const changes = changeLog();
    changes.resume();
    const start = changes.now();
    for (let n = 0; n < 1024; n++) changes.tell({ ...CHANGE, box: [5, 5, 6, 6] });
    expect(changes.hasChangedSince(start, VIEW)).toBe(false);
    changes.tell({ ...CHANGE, box: [5, 5, 6, 6] });
    expect(changes.hasChangedSince(start, VIEW)).toBe(true);
    const now = changes.now();
    changes.interrupt();
    changes.resume();
    expect(changes.hasChangedSince(now, VIEW)).toBe(true);
  });

  test.each([
    ['incidents 15 - 0.5 0.5 3 3', true],
    ['incidents 8 -', true],
    ['incidents 15 - 0.5 0.5 3 3 hides', true],
    ['incidents 15 - 1.5 0 2 1 hides', false],
    ['incidents 0 b,a 1 1 1 1', true],
    ['incidents 6 b', false],
    ['incidents 15 - 1.5 0 2 1', false],
    ['zones 15 -', false],
  ])('treats %s as a change of a view of TUN and the agency a: %s', (text, isChanged) => {
    const changes = changeLog();
    changes.resume();
    const before = changes.now();
    changes.tell(readChange(text));
    expect(changes.hasChangedSince(before, VIEW)).toBe(isChanged);
  });
});
