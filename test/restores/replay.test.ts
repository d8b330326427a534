import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { auditChain } from '../../src/audit/audit.chain.store.ts';
import { asOwner } from '../../src/db/migrations.ts';
import { type Sql, sql } from '../../src/db/sql.ts';
import { fieldsOf, type LoggedEntry, readExport } from '../../src/restore/export.reader.ts';
import { replayStore } from '../../src/restore/replay.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { agreeZone, decide, proposeZone } from '../support/builders.zones.ts';
import { decideJoint, proposeJoint } from '../support/proposals.ts';
import { createServerDatabase, dropServerDatabase } from '../support/server.database.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';
import { openReceiver, type Receiver } from '../support/webhook.receiver.ts';
import { addHook, LOCAL } from '../support/webhooks.ts';

test('the fields of a row are read as PostgreSQL writes them', () => {
  expect(fieldsOf(String.raw`(1,,"",a b,"a ""b"" \\ c","{1,2}","x)","(,")`)).toEqual([
    '1',
    null,
    '',
    'a b',
    'a "b" \\ c',
    '{1,2}',
    'x)',
    '(,',
  ]);
});

// a restored copy beside the original needs a second database
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;

onServer('after a restore', () => {
  let service: TestService;
  let receiver: Receiver;
  let folder: string;
  beforeAll(async () => {
    service = await startService({ webhookTargets: LOCAL });
    receiver = await openReceiver();
    folder = await mkdtemp(join(tmpdir(), 'tripoint-replay-'));
  });
  afterAll(async () => {
    await receiver.close();
    await service.stop();
  });

  const reporter = as(keyOf('TUN', 'reporter'));
  const coordinator = as(keyOf('TUN', 'coordinator'));
  const admin = as(keyOf('TUN', 'admin'));
  const agency = agencyOf(keyOf('TUN', 'admin'));
  const owner = <Row>(statement: Sql) => asTableOwner<Row>(service.db, statement);

  async function exportLog(): Promise<string> {
    const chain = auditChain(service.db);
    await chain.seal();
    let text = '';
    await chain.export(async (lines) => {
      text += lines;
    });
    const file = join(folder, 'export.jsonl');
    await writeFile(file, text);
    return file;
  }

  interface Copy {
    rows<Row>(text: string): Promise<Row[]>;
    /** Replays the log of the original. */
    replay(): Promise<Record<string, number>>;
    drop(): Promise<void>;
  }

  /** The database as it is now: what a backup would give back. */
  async function backUp(): Promise<Copy> {
    await auditChain(service.db).seal();
    const { connectionString } = service.connection as { connectionString: string };
    // nobody may be connected to the original of a copy
    await service.reads.flush();
    const name = new URL(connectionString).pathname.slice(1);
    await asOwner(connectionString, (knex) =>
      knex.raw(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle'`),
    );
    const copy = await createServerDatabase(name);
    const { connection } = copy;
    return {
      rows: (text) => asOwner(connection.connectionString, async (knex) => (await knex.raw(text)).rows),
      replay: async () => {
        const file = await exportLog();
        return asOwner(connection.connectionString, (knex) =>
          knex.transaction(async (trx) => {
            const store = replayStore(trx);
            await store.load(readExport(file));
            const common = await store.commonHead();
            const done = await store.replay(common!);
            return Object.fromEntries(
              done.filter((one) => one.done !== '0').map((one) => [one.kind, Number(one.done)]),
            );
          }),
        );
      },
      drop: () => dropServerDatabase(copy.name),
    };
  }

  /** Makes rows, backs up, loses something, restores and replays. */
  async function afterRestore<T>(
    make: () => Promise<T>,
    lose: (made: T) => Promise<unknown>,
    look: (copy: Copy, made: T, done: Record<string, number>) => Promise<void>,
  ): Promise<void> {
    const made = await make();
    const copy = await backUp();
    try {
      await lose(made);
      const done = await copy.replay();
      await look(copy, made, done);
      // replaying again changes nothing
      expect(await copy.replay()).toEqual({});
    } finally {
      await copy.drop();
    }
  }

  const create = async (more: Parameters<typeof anIncident>[0] = {}): Promise<string> =>
    (await service.api.post('/v1/incidents').set(reporter).send(anIncident(more)).expect(201)).body.id;
  const relabel = (id: string, tlp: string, to = '{}') =>
    owner(sql`UPDATE base.incident SET tlp = ${tlp}, releasable_to = ${to}::text[] WHERE id = ${id}::uuid`);
  const labelOf = async (copy: Copy, table: string, id: string): Promise<string> => {
    const [row] = await copy.rows<{ label: string }>(
      `SELECT base.label_text(t.tlp, t.releasable_to) AS label FROM base.${table} AS t WHERE t.id::text = '${id}'`,
    );
    return row!.label;
  };

  test('a narrowed label is narrow again, and nothing becomes wider', async () => {
    await afterRestore(
      async () => ({
        narrowed: await create({ tlp: 'GREEN' }),
        widened: await create({ tlp: 'AMBER+STRICT' }),
        both: await create({ tlp: 'GREEN' }),
        otherwise: await create({ tlp: 'AMBER', releasableTo: ['DZA'] }),
      }),
      async ({ narrowed, widened, both, otherwise }) => {
        await relabel(narrowed, 'AMBER', '{LBY}');
        await relabel(widened, 'CLEAR');
        await relabel(both, 'RED');
        await relabel(both, 'AMBER', '{DZA}');
        await relabel(otherwise, 'AMBER', '{LBY}');
      },
      async (copy, { narrowed, widened, both, otherwise }, done) => {
        expect(done).toEqual({ 'labels of incidents narrowed': 3 });
        expect(await labelOf(copy, 'incident', narrowed)).toBe('AMBER LBY');
        expect(await labelOf(copy, 'incident', widened)).toBe('AMBER+STRICT');
        expect(await labelOf(copy, 'incident', both)).toBe('AMBER DZA');
        expect(await labelOf(copy, 'incident', otherwise)).toBe('AMBER');
      },
    );
  }, 60_000);

  test('labels of reports, zones and offers are narrow again', async () => {
    await afterRestore(
      async () => {
        const incident = await create({ tlp: 'GREEN' });
        const report = async (more: object) =>
          (
            await service.api
              .post(`/v1/incidents/${incident}/reports`)
              .set(reporter)
              .send({ text: 'Seen.', ...more })
              .expect(201)
          ).body.id;
        const zone = await agreeZone(service.api, 'TUN', { tlp: 'GREEN' });
        const { body: offer } = await service.api
          .post('/v1/offers')
          .set(as(keyOf('TUN', 'operator')))
          .send({
            type: 'Feature',
            geometry: { type: 'Point', coordinates: [8.42, 35.2] },
            properties: { kind: 'fuel', quantity: 200, tlp: 'GREEN' },
          })
          .expect(201);
        return {
          offer: offer.id,
          following: await report({}),
          labelled: await report({ tlp: 'GREEN' }),
          zone: zone.id,
        };
      },
      async ({ following, labelled, zone, offer }) => {
        await owner(sql`UPDATE base.offer SET tlp = 'RED' WHERE id = ${offer}::uuid`);
        await owner(sql`UPDATE base.report SET tlp = 'RED' WHERE id = ${following}::uuid`);
        await owner(sql`UPDATE base.report SET tlp = NULL WHERE id = ${labelled}::uuid`);
        await owner(sql`UPDATE base.zone SET tlp = 'AMBER+STRICT' WHERE id = ${zone}`);
      },
      async (copy, { following, labelled, zone, offer }, done) => {
        expect(done).toMatchObject({ 'labels of reports narrowed': 1, 'labels of offers narrowed': 1 });
        expect(await labelOf(copy, 'offer', offer)).toBe('RED');
        expect(await labelOf(copy, 'report', following)).toBe('RED');
        expect(await labelOf(copy, 'report', labelled)).toBe('GREEN');
        expect(await labelOf(copy, 'zone', zone)).toBe('AMBER+STRICT');
        expect(await labelOf(copy, 'zone_revision', zone)).toBe('AMBER+STRICT');
      },
    );
  }, 60_000);

  test('a revoked key is revoked again, an earlier end and fewer roles hold', async () => {
    const key = async (roles: string[]) =>
      (await service.api.post('/v1/keys').set(admin).send({ agency, roles }).expect(201)).body.id as string;
    await afterRestore(
      async () => ({
        revoked: await key(['reader']),
        ended: await key(['reader']),
        fewer: await key(['reader', 'operator']),
        removed: await key(['coordinator']),
        kept: await key(['reader']),
      }),
      async ({ revoked, ended, fewer, removed }) => {
        await service.api.delete(`/v1/keys/${revoked}`).set(admin).expect(204);
        await owner(sql`UPDATE base.api_key SET expires_at = '2031-01-01Z' WHERE id = ${ended}::uuid`);
        await owner(sql`UPDATE base.api_key SET roles = '{reader,auditor}' WHERE id = ${fewer}::uuid`);
        await owner(sql`DELETE FROM base.api_key WHERE id = ${removed}::uuid`);
      },
      async (copy, { revoked, ended, fewer, removed, kept }, done) => {
        expect(done).toEqual({ 'keys revoked or limited': 4 });
        const keyRow = async (id: string) => {
          const [row] = await copy.rows<object>(
            `SELECT revoked_at IS NOT NULL AS "isRevoked", extract(year FROM expires_at AT TIME ZONE 'UTC')::int AS year, roles
             FROM base.api_key WHERE id = '${id}'`,
          );
          return row;
        };
        expect(await keyRow(revoked)).toEqual({ isRevoked: true, year: null, roles: ['reader'] });
        expect(await keyRow(ended)).toEqual({ isRevoked: false, year: 2031, roles: ['reader'] });
        expect(await keyRow(fewer)).toEqual({ isRevoked: false, year: null, roles: ['reader'] });
        expect(await keyRow(removed)).toMatchObject({ isRevoked: true });
        expect(await keyRow(kept)).toEqual({ isRevoked: false, year: null, roles: ['reader'] });
      },
    );
  }, 60_000);

  test('a withdrawn consent ends the agreement again, and a withdrawn zone ends', async () => {
    const coming = { validFrom: '2099-01-01T00:00:00Z' };
    const agreedJoint = async () => {
      const id = await proposeJoint(service, 'TUN', ['DZA', 'TUN']);
      for (const country of ['DZA', 'TUN'] as const) await decideJoint(service, id, country).expect(201);
      return id;
    };
    const withdraw = (id: string) =>
      decide(service.api, id, 'DZA', { revision: 1, decision: 'withdraw' }).expect(201);
    await afterRestore(
      async () => ({
        inForce: (await agreeZone(service.api, 'TUN', { participants: ['DZA', 'TUN'] })).id,
        coming: (await agreeZone(service.api, 'TUN', { participants: ['DZA', 'TUN'], ...coming })).id,
        ended: (await agreeZone(service.api, 'TUN', { participants: ['DZA', 'TUN'] })).id,
        proposed: (await proposeZone(service.api, 'TUN', { participants: ['DZA', 'TUN'] })).id,
        agreedJoint: await agreedJoint(),
        joint: await proposeJoint(service, 'TUN', ['DZA', 'TUN']),
      }),
      async (zones) => {
        await withdraw(zones.inForce);
        await withdraw(zones.coming);
        await decideJoint(service, zones.agreedJoint, 'DZA', { decision: 'withdraw' }).expect(201);
        await decideJoint(service, zones.joint, 'DZA', { decision: 'refuse', reason: 'Too early' }).expect(
          201,
        );
        await service.api
          .delete(`/v1/zones/${zones.ended}`)
          .set(as(keyOf('TUN', 'operator')))
          .expect(204);
        await decide(service.api, zones.proposed, 'DZA', {
          revision: 1,
          decision: 'reject',
          reason: 'Too large',
        }).expect(201);
      },
      async (copy, zones, done) => {
        expect(done).toMatchObject({ 'consents withdrawn': 5 });
        const ends = await copy.rows<{ ended_as: string }>(
          `SELECT ended_as FROM base.joint_proposal WHERE id IN ('${zones.agreedJoint}', '${zones.joint}') ORDER BY id`,
        );
        expect(ends.map(({ ended_as }) => ended_as)).toEqual(['withdrawn', 'refused']);
        const stageOf = async (id: string) => {
          const [row] = await copy.rows<{ stage: string; decision: string | null }>(
            `SELECT base.stage_text(r) AS stage, base.last_decision(r, 'DZA') AS decision
             FROM base.zone_revision AS r WHERE r.name = '${id}/1'`,
          );
          return row;
        };
        expect(await stageOf(zones.inForce)).toMatchObject({ stage: 'suspended' });
        expect(await stageOf(zones.coming)).toEqual({ stage: 'proposed', decision: 'withdraw' });
        expect(await stageOf(zones.ended)).toMatchObject({ stage: 'withdrawn' });
        expect(await stageOf(zones.proposed)).toEqual({ stage: 'proposed', decision: 'reject' });
      },
    );
  }, 60_000);

  test('held incidents are held again, and removed ones are gone', async () => {
    const holdOf = (id: string) => `/v1/incidents/${id}/legal-hold`;
    const hold = (id: string) =>
      service.api.put(holdOf(id)).set(coordinator).send({ reason: 'Court order' }).expect(201);
    const lift = (id: string) => service.api.delete(holdOf(id)).set(coordinator).expect(204);
    await afterRestore(
      async () => {
        const ids = { held: await create(), liftedAgain: await create(), removed: await create() };
        await hold(ids.removed);
        return ids;
      },
      async ({ held, liftedAgain, removed }) => {
        await hold(held);
        await hold(liftedAgain);
        await lift(liftedAgain);
        await lift(removed);
        await owner(sql`DELETE FROM base.incident WHERE id = ${removed}::uuid`);
      },
      async (copy, { held, liftedAgain, removed }, done) => {
        expect(done).toEqual({ 'incidents removed': 1, 'legal holds placed': 1 });
        const holds = await copy.rows<{ incident: string; agency: string }>(
          'SELECT incident, agency FROM base.legal_hold',
        );
        expect(holds).toEqual([{ incident: held, agency }]);
        const left = await copy.rows<{ id: string }>(
          `SELECT id FROM base.incident WHERE id IN ('${removed}', '${liftedAgain}')`,
        );
        expect(left).toEqual([{ id: liftedAgain }]);
      },
    );
  }, 60_000);

  test('mandates end again; webhooks with another address, or disabled, or removed, send nothing', async () => {
    const mandate = {
      agency,
      function: 'search_rescue',
      rank: 'primary',
      scope: { type: 'border', border: 'LBY-TUN' },
      source: 'test',
    };
    await afterRestore(
      async () => ({
        mandate: (await service.api.post('/v1/mandates').set(admin).send(mandate).expect(201)).body.id,
        moved: (await addHook(service, receiver.url)).id,
        disabled: (await addHook(service, `${receiver.url}/b`)).id,
        removed: (await addHook(service, `${receiver.url}/c`)).id,
        kept: (await addHook(service, `${receiver.url}/d`)).id,
      }),
      async (made) => {
        await owner(sql`UPDATE base.mandate SET valid_to = '2031-01-01Z' WHERE id = ${made.mandate}`);
        await owner(sql`UPDATE base.webhook SET url = url || '/new' WHERE id = ${made.moved}::uuid`);
        await owner(sql`UPDATE base.webhook SET is_enabled = false WHERE id = ${made.disabled}::uuid`);
        await owner(sql`DELETE FROM base.webhook WHERE id = ${made.removed}::uuid`);
      },
      async (copy, made, done) => {
        expect(done).toEqual({ 'mandates ended': 1, 'webhooks disabled': 2 });
        const hooks = await copy.rows<{ id: string; is_enabled: boolean }>(
          'SELECT id, is_enabled FROM base.webhook',
        );
        expect(new Map(hooks.map(({ id, is_enabled }) => [id, is_enabled]))).toEqual(
          new Map([
            [made.moved, false],
            [made.disabled, false],
            [made.kept, true],
          ]),
        );
        expect(
          await copy.rows('SELECT count(*)::int AS n FROM base.mandate WHERE valid_to IS NOT NULL'),
        ).not.toEqual([{ n: 0 }]);
      },
    );
  }, 60_000);

  describe('an export', () => {
    const all = async (file: string): Promise<LoggedEntry[]> => {
      const entries: LoggedEntry[] = [];
      for await (const entry of readExport(file)) entries.push(entry);
      return entries;
    };

    test('gives the entries as the log has them (twin: base.audit_text)', async () => {
      const id = await create({ tlp: 'GREEN' });
      await relabel(id, 'AMBER', '{DZA,LBY}');
      const entries = await all(await exportLog());
      const [stored] = await owner<object>(
        sql`SELECT e.agency, e.action, e.collection, e.target, e.detail FROM base.audit_entry AS e
            WHERE e.target = ${id} AND e.detail IS NOT NULL`,
      );
      const [read] = entries.filter(({ target, detail }) => target === id && detail !== null);
      expect(read).toMatchObject(stored!);
      expect(Math.abs(Date.parse(read!.at) - Date.now())).toBeLessThan(60_000);
    });

    test('with a changed entry is refused', async () => {
      const file = await exportLog();
      const lines = (await all(file)).length;
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace(/create/, 'remove'));
      await expect(all(file)).rejects.toThrow(/broken after entry \d+.*tripoint audit export/);
      const cut = text.split('\n');
      cut.splice(lines - 2, 1);
      await writeFile(file, cut.join('\n'));
      await expect(all(file)).rejects.toThrow(`broken after entry ${lines - 2}`);
    });
  });
});
