import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Caller } from '../../src/core/caller.ts';
import { Sql, sql } from '../../src/db/sql.ts';
import { type Collection, type FieldType, typeOf } from '../../src/ogc/collection/collection.sql.ts';
import { addAlerts } from '../support/alerts.ts';
import { addIndicators } from '../support/indicators.ts';
import { COLLECTIONS } from '../support/ogc.ts';
import { agencyOf, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
const caller: Caller = { country: 'TUN', agency: agencyOf(keyOf('TUN', 'reader')), roles: ['reader'] };
beforeAll(async () => {
  service = await startService({ withDemo: true });
  await addAlerts(service, agencyOf(keyOf('TUN', 'reader')));
  await addIndicators(service);
});
afterAll(() => service.stop());

const TYPES: Record<FieldType, string[]> = {
  text: ['text'],
  integer: ['integer'],
  number: ['double precision', 'numeric'],
  boolean: ['boolean'],
  instant: ['timestamp with time zone'],
  list: ['text[]'],
};

const typesIn = async ({ fields, rows }: Collection) => {
  const { from, where } = rows({});
  const columns = fields.map(
    ({ name, value }) => sql`pg_typeof(${value})::text AS ${new Sql([`"${name}"`], [])}`,
  );
  const list = new Sql(['', ...columns.slice(1).map(() => ', '), ''], columns);
  const [row] = await service.db.query<Record<string, string>>(
    caller,
    sql`SELECT ${list} FROM ${from} WHERE ${where} LIMIT 1`,
  );
  return row!;
};

describe.each(COLLECTIONS.map((collection) => [collection.id, collection] as const))(
  '%s',
  (_id, collection) => {
    test('have fields whose values match their schema type', async () => {
      const found = await typesIn(collection);
      for (const field of collection.fields) expect(TYPES[typeOf(field)]).toContain(found[field.name]);
    });

    test('name only existing fields as computed or as time', () => {
      const names = collection.fields.map(({ name }) => name);
      const { start, end = start } = collection.time ?? {};
      for (const name of [...collection.computed, ...(start && end ? [start, end] : [])])
        expect(names).toContain(name);
      expect(new Set(names).size).toBe(names.length);
    });
  },
);
