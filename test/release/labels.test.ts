import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Caller, type CountryCode, ROLES, type Role, viewerOf } from '../../src/core/caller.ts';
import { labelRefusal } from '../../src/db/errors.ts';
import { sql } from '../../src/db/sql.ts';
import { isSameLabel, isWider, type Label } from '../../src/features/label.audience.ts';
import { refusalOf } from '../../src/features/label.permission.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident, aSquare, aZone } from '../support/builders.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

const amber = (...releasableTo: CountryCode[]): Label => ({ tlp: 'AMBER', releasableTo });
const only = (tlp: Label['tlp']): Label => ({ tlp, releasableTo: [] });
const LABELS = [
  ...[only('CLEAR'), only('GREEN'), amber(), amber('LBY')],
  ...[amber('DZA'), amber('DZA', 'LBY'), only('AMBER+STRICT'), only('RED')],
];
const nameOf = ({ tlp, releasableTo }: Label) => [tlp, ...releasableTo].join(' ');

// Owned by TUN. Rows: the label as it was; columns: the new one, in the same order; W where somebody is let in.
const WIDER = [
  '. . . . . . . .', // CLEAR
  'W . . . . . . .', // GREEN
  'W W . W W W . .', // AMBER
  'W W . . W W . .', // AMBER LBY
  'W W . W . W . .', // AMBER DZA
  'W . . . . . . .', // AMBER DZA LBY: the three countries, as GREEN
  'W W . W W W . .', // AMBER+STRICT
  'W W W W W W W .', // RED
];

describe.each(LABELS.map((was, row) => [nameOf(was), was, WIDER[row]!.split(' ')] as const))(
  'from %s',
  (_, was, row) => {
    test.each(LABELS.map((label, column) => [nameOf(label), label, row[column] === 'W'] as const))(
      'to %s',
      (_name, label, wider) => {
        expect(isWider(was, label, 'TUN')).toBe(wider);
      },
    );
  },
);

test('reordered or repeated countries, or the owner itself, make no different label', () => {
  expect(isSameLabel(amber('DZA', 'LBY'), amber('LBY', 'TUN', 'DZA', 'LBY'), 'TUN')).toBe(true);
  expect(isSameLabel(amber(), only('AMBER+STRICT'), 'TUN')).toBe(false);
});

const AGENCIES: [agency: string, country: CountryCode][] = [
  ['tun-garde-nationale', 'TUN'],
  ['tun-douane', 'TUN'],
  ['dza-douanes', 'DZA'],
];
const ROLE_SETS: (readonly Role[])[] = [[], ...ROLES.map((role) => [role]), ['reporter', 'coordinator']];
const CALLERS: Required<Pick<Caller, 'agency' | 'country' | 'roles'>>[] = AGENCIES.flatMap(
  ([agency, country]) => ROLE_SETS.map((roles) => ({ agency, country, roles })),
);

describe('the database agrees with the rule: each label to each other, for each agency and role', () => {
  let service: TestService;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    service = await startService();
    const post = async (path: string, role: Role, body: object) => {
      const answer = await service.api
        .post(`/v1${path}`)
        .set(as(keyOf('TUN', role)))
        .send(body);
      expect(answer.status).toBe(201);
      return answer.body.id;
    };
    ids.incident = await post('/incidents', 'reporter', anIncident({ at: [9.5, 34], tlp: 'CLEAR' }));
    ids.report = await post(`/incidents/${ids.incident}/reports`, 'reporter', { text: 'x', tlp: 'CLEAR' });
    const zone = aZone({ participants: ['TUN'], geometry: aSquare([9.5, 33]) });
    ids.zone = await post('/zones', 'operator', zone);
    expect(agencyOf(keyOf('TUN', 'operator'))).toBe('tun-garde-nationale');
    await asTableOwner(service.db, tryLabels);
    // past the views, so that the trigger alone decides
    await asTableOwner(service.db, sql`GRANT USAGE ON SCHEMA base TO tripoint_service`);
    await asTableOwner(
      service.db,
      sql`GRANT SELECT, UPDATE ON base.incident, base.report, base.zone TO tripoint_service`,
    );
  });
  afterAll(() => service.stop());

  test.each(['incident', 'report', 'zone'])('of a %s', async (table) => {
    const callers = CALLERS.map((caller) => ({
      ...caller,
      viewer: viewerOf(caller),
      roles: caller.roles.join(),
    }));
    const rows = await asTableOwner<{ was: number; label: number; caller: number; refusal: string | null }>(
      service.db,
      sql`SELECT was, label, caller, refusal
          FROM base.try_labels(${table}, ${ids[table]}, ${JSON.stringify(LABELS)}::jsonb, ${JSON.stringify(callers)}::jsonb)`,
    );
    expect(rows).toHaveLength(LABELS.length * (LABELS.length - 1) * CALLERS.length);
    const owned = { owner: 'TUN', agency: 'tun-garde-nationale' } as const;
    const differing = rows
      .map((row) => ({
        ...row,
        rule: refusalOf(CALLERS[row.caller]!, owned, LABELS[row.was]!, LABELS[row.label]!),
      }))
      .filter(
        ({ refusal, rule }) => !isDeepStrictEqual(refusal === null ? undefined : labelRefusal(refusal), rule),
      );
    expect(differing.slice(0, 5)).toEqual([]);
    expect(rows.filter(({ refusal }) => refusal === null).length).toBeGreaterThan(100);
  });
});

/** Tries each change of a label as each caller, and takes it back. */
const tryLabels = sql`
  CREATE FUNCTION base.try_labels(of_table text, row_id text, labels jsonb, callers jsonb)
  RETURNS TABLE (was int, label int, caller int, refusal text)
  LANGUAGE plpgsql AS $$
  DECLARE
    change text := format(
      'UPDATE base.%I SET tlp = $1 ->> ''tlp'', releasable_to = ARRAY(SELECT jsonb_array_elements_text($1 -> ''releasableTo''))
       WHERE id::text = $2', of_table);
  BEGIN
    FOR was, label, caller IN
      SELECT w, l, c FROM generate_series(0, jsonb_array_length(labels) - 1) AS w,
        generate_series(0, jsonb_array_length(labels) - 1) AS l, generate_series(0, jsonb_array_length(callers) - 1) AS c
      WHERE w <> l
    LOOP
      refusal := NULL;
      BEGIN
        EXECUTE change USING labels -> was, row_id;
        PERFORM set_config('tripoint.viewer', callers -> caller ->> 'viewer', true),
          set_config('tripoint.agency', callers -> caller ->> 'agency', true),
          set_config('tripoint.roles', callers -> caller ->> 'roles', true);
        SET LOCAL ROLE tripoint_service;
        EXECUTE change USING labels -> label, row_id;
        RAISE EXCEPTION 'undo' USING ERRCODE = 'UNDO1';
      EXCEPTION
        WHEN SQLSTATE 'UNDO1' THEN NULL;
        WHEN SQLSTATE 'TLP01' THEN refusal := SQLERRM;
      END;
      RETURN NEXT;
    END LOOP;
  END $$`;
