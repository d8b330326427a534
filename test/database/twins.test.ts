import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { z } from 'zod';
import { LONGEST_PURPOSE } from '../../src/audit/audit.purpose.ts';
import { ACTIONS } from '../../src/audit/audit.schema.ts';
import { COUNTRY_BITS, COUNTRY_CODES, type CountryCode, ROLES, viewerOf } from '../../src/core/caller.ts';
import { CHANGE_NOTICE, CHANNEL, changeLog, readChange } from '../../src/db/change.log.ts';
import { render, sql } from '../../src/db/sql.ts';
import { TRIGGERS } from '../../src/exchange/alerts/alert.schema.ts';
import { isFault, nextSubscription } from '../../src/exchange/alerts/subscription.rule.ts';
import { STATES as DELIVERY_STATES } from '../../src/exchange/webhooks/webhook.schema.ts';
import { MANDATE_RANKS, SCOPE_TYPES } from '../../src/features/agencies/agency.vocabulary.ts';
import { backwardsPeriod } from '../../src/features/agencies/mandate.schema.ts';
import { IMPACT_LEVELS } from '../../src/features/borders/border.schema.ts';
import { JOINT_DECISIONS } from '../../src/features/consents/proposal.lifecycle.ts';
import { OFFER_KINDS } from '../../src/features/coordination/offer.schema.ts';
import { REQUEST_KINDS, REQUEST_STATES } from '../../src/features/coordination/request.schema.ts';
import { RESPONSE_KINDS, RESPONSE_STATES } from '../../src/features/coordination/response.schema.ts';
import { sidesOf } from '../../src/features/crossings/crossing.sql.ts';
import {
  CROSSING_KINDS,
  CROSSING_STATES,
  TRAFFIC_CLASSES,
} from '../../src/features/crossings/crossing.vocabulary.ts';
import { NewStatus } from '../../src/features/crossings/status.schema.ts';
import { ASSISTANCE_STATES, NewAssistance, OUTCOMES } from '../../src/features/distress/assistance.schema.ts';
import { ASPECTS } from '../../src/features/impact/impact.lifecycle.ts';
import { DOUBLE_DECISIONS } from '../../src/features/incidents/double.store.ts';
import { ZONE_RELATIONS } from '../../src/features/incidents/incident.answer.ts';
import { NewIncident } from '../../src/features/incidents/incident.content.ts';
import { isOver } from '../../src/features/incidents/incident.lifecycle.ts';
import {
  INCIDENT_KINDS,
  INCIDENT_STATES,
  NATURES,
  SEVERITIES,
} from '../../src/features/incidents/incident.vocabulary.ts';
import { METHODS } from '../../src/features/indicators/indicator.schema.ts';
import { SUBJECT_TYPES } from '../../src/features/joint.proposal.sql.ts';
import { audienceOf, isWider, type Label, type Viewer } from '../../src/features/label.audience.ts';
import { ITEM_KINDS, PLACE_KINDS } from '../../src/features/shifts/shift.schema.ts';
import { BORDER_CODES, TLP } from '../../src/features/vocabulary.schema.ts';
import { DECISIONS, needsReason, ZONE_STATES } from '../../src/features/zones/zone.lifecycle.ts';
import { NewZone } from '../../src/features/zones/zone.schema.ts';
import { FINEST, interleaved } from '../../src/ogc/tiles/cell.sql.ts';
import { anIncident, aZone } from '../support/builders.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client(database.connection);
  await client.connect();
  await client.query("SET search_path TO tripoint, public; SET TIME ZONE 'UTC'; SET tripoint.viewer TO 15");
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const rowsOf = async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows;
const oneValue = async (text: string, values: unknown[] = []) =>
  Object.values((await rowsOf(text, values))[0])[0];

/** The condition of a constraint, over the columns of its table. */
const conditionOf = (constraint: string): Promise<unknown> =>
  oneValue('SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = $1', [constraint]);

const COUNTRY_SETS: CountryCode[][] = [0, 1, 2, 3, 4, 5, 6, 7].map((n) =>
  COUNTRY_CODES.filter((_, i) => n & (1 << i)),
);
const LABELS: Label[] = TLP.flatMap((tlp) => COUNTRY_SETS.map((releasableTo) => ({ tlp, releasableTo })));

describe('words that a table takes are those that the service takes', () => {
  const LISTS: Record<string, readonly string[]> = {
    'alert.trigger': TRIGGERS,
    'api_key.roles': ROLES,
    'assistance.outcome': OUTCOMES,
    'assistance.state': ASSISTANCE_STATES,
    'audit_entry.action': ACTIONS,
    'border.code': BORDER_CODES,
    'country.code': COUNTRY_CODES,
    'crossing.kind': CROSSING_KINDS,
    'crossing_status.state': CROSSING_STATES,
    'delivery.state': DELIVERY_STATES,
    'offer.kind': OFFER_KINDS,
    'offer.tlp': TLP,
    'double_decision.decision': DOUBLE_DECISIONS,
    'incident.nature': NATURES,
    'incident.state': INCIDENT_STATES,
    'incident.tlp': TLP,
    'incident_request.kind': REQUEST_KINDS,
    'incident_request.state': REQUEST_STATES,
    'incident_response.kind': RESPONSE_KINDS,
    'incident_response.state': RESPONSE_STATES,
    'indicator.method': METHODS,
    'incident_zone.relation': ZONE_RELATIONS,
    'impact_assessment.aspects': ASPECTS,
    'impact_assessment.level': IMPACT_LEVELS,
    'impact_assessment.tlp': TLP.filter((tlp) => tlp !== 'RED'),
    'joint_consent.decision': JOINT_DECISIONS,
    'joint_proposal.ended_as': ['refused', 'withdrawn'],
    'procedure_version.ended_as': ['refused', 'withdrawn'],
    'joint_proposal.subject_type': SUBJECT_TYPES,
    'mandate.rank': MANDATE_RANKS,
    'mandate.scope_type': SCOPE_TYPES,
    'reaction_rule.level': IMPACT_LEVELS,
    'report.tlp': TLP,
    'segment.impact_level': IMPACT_LEVELS,
    'subscription.minimum_severity': SEVERITIES,
    'session.roles': ROLES,
    'shift.kind': PLACE_KINDS,
    'shift_item.kind': ITEM_KINDS,
    'world.kind': ['actual', 'exercise'],
    'world.participants': COUNTRY_CODES,
    'zone_consent.decision': DECISIONS,
    'zone_revision.tlp': TLP,
  };

  test('each list of words in a CHECK has its twin here', async () => {
    const rows = await rowsOf(`
      SELECT format('%s.%s', t.relname, a.attname) AS name, pg_get_constraintdef(c.oid) AS definition
      FROM pg_constraint AS c
      JOIN pg_class AS t ON t.oid = c.conrelid
      JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = ALL (c.conkey)
      WHERE c.contype = 'c' AND c.connamespace = 'base'::regnamespace AND cardinality(c.conkey) = 1`);
    const lists = rows.flatMap(({ name, definition }) => {
      const [, list] = /(?:= ANY|<@) \(?\(?ARRAY\[(.*)\]/.exec(definition) ?? [];
      return list ? [[name, [...list.matchAll(/'([^']+)'/g)].map(([, word]) => word).sort()]] : [];
    });
    expect(Object.fromEntries(lists)).toEqual(
      Object.fromEntries(Object.entries(LISTS).map(([name, words]) => [name, [...words].sort()])),
    );
  });

  test('each kind of incident has its limits', async () => {
    const rows = await rowsOf('SELECT kind FROM base.kind_limit');
    expect(rows.map(({ kind }) => kind).sort()).toEqual([...INCIDENT_KINDS].sort());
  });

  test('levels of impact are in one order', async () => {
    const ranks = await rowsOf('SELECT tripoint.impact_rank(s) AS rank FROM unnest($1::text[]) AS s', [
      IMPACT_LEVELS,
    ]);
    expect(ranks.map(({ rank }) => rank)).toEqual(IMPACT_LEVELS.map((_, n) => n + 1));
  });

  test('severities are in one order', async () => {
    const ranks = await rowsOf('SELECT base.severity_rank(s) AS rank FROM unnest($1::text[]) AS s', [
      SEVERITIES,
    ]);
    expect(ranks.map(({ rank }) => rank)).toEqual(SEVERITIES.map((_, n) => n + 1));
  });
});

describe('who sees a label', () => {
  const bitsOf = (viewers: readonly Viewer[]): number =>
    viewers.reduce((bits, viewer) => bits | (viewer === 'public' ? 1 : COUNTRY_BITS[viewer]), 0);

  test.each(COUNTRY_SETS)('bits of countries: %p %p %p', async (...countries) => {
    const codes = countries.filter((code) => code !== undefined) as CountryCode[];
    expect(await oneValue('SELECT tripoint.country_bits($1)', [codes])).toBe(bitsOf(codes));
  });

  test('a caller has the bit of its country and that of everybody', () => {
    expect(viewerOf({ roles: [] })).toBe(1);
    expect(COUNTRY_CODES.map((country) => viewerOf({ country, roles: [] }))).toEqual([3, 5, 9]);
  });

  test.each(COUNTRY_CODES)('the audience of every label of %s', async (owner) => {
    const said = await rowsOf(
      `SELECT tripoint.audience(l.tlp, $2, ARRAY(SELECT json_array_elements_text(l."releasableTo"))) AS bits
       FROM json_to_recordset($1) AS l (tlp text, "releasableTo" json)`,
      [JSON.stringify(LABELS), owner],
    );
    expect(said.map(({ bits }) => bits)).toEqual(LABELS.map((label) => bitsOf(audienceOf(label, owner))));
  });

  test('whether a label is wider than another one', async () => {
    const pairs = LABELS.flatMap((was) => LABELS.map((label) => ({ was, label })));
    const bits = pairs.map(({ was, label }) => ({
      was: bitsOf(audienceOf(was, 'LBY')),
      becomes: bitsOf(audienceOf(label, 'LBY')),
    }));
    const said = await rowsOf(
      'SELECT tripoint.is_wider(p.was, p.becomes) AS wider FROM json_to_recordset($1) AS p (was int, becomes int)',
      [JSON.stringify(bits)],
    );
    expect(said.map(({ wider }) => wider)).toEqual(pairs.map(({ was, label }) => isWider(was, label, 'LBY')));
  });

  test('whether a change concerns somebody who watches', async () => {
    const cases = Array.from({ length: 16 }, (_, audience) =>
      [1, 3, 5, 9].flatMap((viewer) =>
        ['tun-douane', 'tun-sante', undefined].map((agency) => ({ audience, viewer, agency })),
      ),
    ).flat();
    const said = await rowsOf(
      `SELECT coalesce(tripoint.sees(c.audience, 'tun-douane', c.viewer, c.agency), false) AS sees
       FROM json_to_recordset($1) AS c (audience int, viewer int, agency text)`,
      [JSON.stringify(cases)],
    );
    const heard = cases.map(({ audience, viewer, agency }) => {
      const changes = changeLog();
      const before = changes.now();
      changes.tell({ collection: 'incidents', audience, agencies: ['tun-douane'], box: undefined });
      return changes.hasChangedSince(before, { collection: 'incidents', viewer, agency, box: [0, 0, 1, 1] });
    });
    expect(said.map(({ sees }) => sees)).toEqual(heard);
  });

  test('a change is told as it is read', async () => {
    const heard: { code: string | undefined; message: string | undefined }[] = [];
    client.on('notice', ({ code, message }) => heard.push({ code, message }));
    await client.query("SET tripoint.tells TO 'on'");
    await client.query(
      `SELECT base.tell('incidents', 1, 6, 'tun-douane', ST_MakeEnvelope(7, 30, 8, 31, 4326)::box2d, hides)
       FROM (VALUES (false), (true)) AS t (hides)`,
    );
    expect(heard.map(({ code }) => code)).toEqual([CHANGE_NOTICE, CHANGE_NOTICE]);
    const told = { collection: 'incidents', audience: 6, agencies: ['tun-douane'], box: [7, 30, 8, 31] };
    expect(heard.map(({ message }) => readChange(message!))).toEqual([
      { ...told, hides: false },
      { ...told, hides: true },
    ]);
  });
});

describe('states', () => {
  test('of a revision, whatever has happened when', async () => {
    const times = "ARRAY[NULL, '2026-01-01', '2026-01-02', '2026-01-04']::timestamptz[]";
    const rows = await rowsOf(`
      SELECT DISTINCT tripoint.zone_state(p, a, s, v, u, w, r, '2026-01-03') AS state
      FROM unnest(${times}) AS p, unnest(${times}) AS a, unnest(${times}) AS s, unnest(${times}) AS v,
        unnest(${times}) AS u, unnest(${times}) AS w, unnest(${times}) AS r`);
    expect(rows.map(({ state }) => state).sort()).toEqual([...ZONE_STATES].sort());
  });

  test.each(['base.follow_due', 'base.follow_incidents'])(
    '%s and the service agree on what is over',
    async (name) => {
      const source = (await oneValue('SELECT prosrc FROM pg_proc WHERE oid = $1::regproc', [name])) as string;
      const lists = [...source.matchAll(/\bstate (?:NOT )?IN \(('closed'[^)]*)\)/g)].map(([, list]) => list);
      expect(new Set(lists)).toEqual(
        new Set([
          INCIDENT_STATES.filter(isOver)
            .map((state) => `'${state}'`)
            .join(', '),
        ]),
      );
    },
  );

  test('a decision that needs a reason', async () => {
    const condition = await conditionOf('rejection_has_a_reason');
    const rows = await rowsOf(
      `SELECT decision FROM (SELECT d, ''::text FROM unnest($1::text[]) AS d) AS c (decision, reason) WHERE NOT (${condition})`,
      [DECISIONS],
    );
    expect(rows.map(({ decision }) => decision)).toEqual(DECISIONS.filter(needsReason));
  });
});

describe('what goes together', () => {
  test('the parts of a subscription', async () => {
    const named = [
      'zone',
      'segment',
      'crossing',
      'filter',
      'withinMetres',
      'threshold',
      'isCounted',
    ] as const;
    const cases = Array.from({ length: 2 ** named.length }, (_, n) =>
      Object.fromEntries(named.map((name, i) => [name, (n & (1 << i)) !== 0])),
    );
    const names = ['subscription_has_one_place', 'subscription_is_within', 'subscription_has_its_threshold'];
    const conditions = await Promise.all(names.map(conditionOf));
    const said = await rowsOf(
      `SELECT ${conditions.map((condition) => `(${condition})`).join(' AND ')} AS good FROM (
         SELECT nullif(c.zone::text, 'false') AS zone, nullif(c.segment::text, 'false') AS segment,
           nullif(c.crossing::text, 'false') AS crossing, nullif(c.filter::text, 'false')::jsonb AS filter,
           CASE WHEN c."withinMetres" THEN 1.0::float END AS within_m,
           CASE WHEN c.threshold THEN 1 END AS threshold_incidents, CASE WHEN c.threshold THEN 1 END AS threshold_minutes,
           CASE WHEN c."isCounted" THEN ARRAY['threshold'] ELSE ARRAY['created'] END AS triggers
         FROM json_to_recordset($1) AS c (zone boolean, segment boolean, crossing boolean, filter boolean,
           "withinMetres" boolean, threshold boolean, "isCounted" boolean)) AS s`,
      [JSON.stringify(cases)],
    );
    const found = cases.map(({ isCounted, threshold, withinMetres, ...places }) => {
      const given = Object.fromEntries(Object.entries(places).filter(([, isGiven]) => isGiven));
      const next = nextSubscription({
        ...given,
        ...(withinMetres && { withinMetres: 1 }),
        ...(threshold && { threshold: { incidents: 1, minutes: 1 } }),
        triggers: [isCounted ? 'threshold' : 'created'],
      } as never);
      return !isFault(next);
    });
    expect(said.map(({ good }) => good)).toEqual(found);
  });

  test('the state and the outcome of assistance', async () => {
    const condition = await conditionOf('given_assistance_has_an_outcome');
    const cases = ASSISTANCE_STATES.flatMap((state) =>
      [undefined, ...OUTCOMES].map((outcome) => ({ state, outcome })),
    );
    const said = await rowsOf(
      `SELECT (${condition}) AS good FROM json_to_recordset($1) AS a (state text, outcome text)`,
      [JSON.stringify(cases)],
    );
    expect(said.map(({ good }) => good)).toEqual(cases.map((one) => NewAssistance.safeParse(one).success));
  });

  const ENDS = [null, '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'];
  const PERIODS = ENDS.flatMap((from) => ENDS.map((to) => ({ from, to })));
  type Period = (typeof PERIODS)[number];
  const takes = (
    schema: z.ZodType,
    inner: (ends: Record<string, unknown>) => unknown,
    names: [string, string],
  ) => {
    const [start, end] = names;
    // without a beginning it begins now
    return ({ from, to }: Period) =>
      from === null || schema.safeParse(inner({ [start]: from, ...(to !== null && { [end]: to }) })).success;
  };
  const incident = anIncident({ at: [8.4, 35.2] });
  const zone = aZone();
  test.each([
    [
      'mandate_period_is_in_order',
      ({ from, to }: Period) => !backwardsPeriod({ validFrom: from, validTo: to }),
    ],
    [
      'crossing_status_period_is_in_order',
      takes(NewStatus, (ends) => ({ state: 'open', ...ends }), ['from', 'to']),
    ],
    [
      'incident_period_is_in_order',
      takes(NewIncident, (ends) => ({ ...incident, properties: { ...incident.properties, ...ends } }), [
        'occurredAt',
        'occurredUntil',
      ]),
    ],
    [
      'zone_period_is_in_order',
      takes(NewZone, (ends) => ({ ...zone, properties: { ...zone.properties, ...ends } }), [
        'validFrom',
        'validTo',
      ]),
    ],
  ])('the ends of a period: %s', async (constraint, isGood) => {
    const condition = await conditionOf(constraint);
    const said = await rowsOf(
      `SELECT coalesce(${condition}, true) AS good
       FROM json_to_recordset($1) AS p ("from" timestamptz, "to" timestamptz),
         LATERAL (SELECT p."from" AS valid_from, p."to" AS valid_to, p."from" AS occurred_at, p."to" AS occurred_until) AS v`,
      [JSON.stringify(PERIODS)],
    );
    expect(said.map(({ good }) => good)).toEqual(PERIODS.map(isGood));
  });

  test('the purpose is as long as the log can hold', async () => {
    const condition = await conditionOf('audit_entry_purpose_check');
    const fits = (length: number) =>
      oneValue(`SELECT ${condition} FROM (SELECT repeat('x', $1::int) AS purpose) AS e`, [length]);
    expect([await fits(LONGEST_PURPOSE), await fits(LONGEST_PURPOSE + 1)]).toEqual([true, false]);
  });
});

test('the state of a crossing is that of its stricter side', async () => {
  const [crossing] = await rowsOf(
    'SELECT crossing AS id, array_agg(country ORDER BY country) AS countries FROM base.crossing_side GROUP BY 1 ORDER BY 1',
  );
  const { text } = render(sidesOf(sql`c.id`, sql`now()`));
  const states = new Set<string>();
  for (const one of CROSSING_STATES)
    for (const other of CROSSING_STATES) {
      await client.query('BEGIN');
      await client.query('DELETE FROM base.crossing_status');
      await client.query(
        `INSERT INTO base.crossing_status (id, crossing, country, traffic, state, valid_from, source)
         SELECT gen_random_uuid(), $1, s.country, '{}', s.state, now(), 'test'
         FROM unnest($2::text[], $3::text[]) AS s (country, state)`,
        [crossing.id, crossing.countries, [one, other]],
      );
      const [said] = await rowsOf(
        `SELECT e.state AS read, tripoint.crossing_state(c.id, now()) AS kept
         FROM tripoint.crossing AS c CROSS JOIN LATERAL (${text}) AS e WHERE c.id = $1`,
        [crossing.id],
      );
      await client.query('ROLLBACK');
      expect({ one, other, state: said.read }).toEqual({ one, other, state: said.kept });
      states.add(said.read);
    }
  expect(states).toEqual(new Set(CROSSING_STATES));
});

test('classes of traffic are in one order', async () => {
  expect(await oneValue('SELECT tripoint.traffic_classes()')).toEqual([...TRAFFIC_CLASSES]);
});

test('other services are told over the channel that this one listens to', async () => {
  const source = await oneValue("SELECT prosrc FROM pg_proc WHERE oid = 'base.tell'::regproc");
  expect(source).toContain(`pg_notify('${CHANNEL}'`);
});

test('cells have one number', async () => {
  const size = 2 ** FINEST;
  const cells = [
    [0, 0],
    [size - 1, size - 1],
    [8700, 6500],
    [12_345, 54],
    [1, 16_000],
  ] as const;
  const half = 20_037_508.342789244;
  const said = await rowsOf(
    `SELECT tripoint.cell_of(ST_Transform(ST_SetSRID(ST_Point(
       (c.x + 0.5) / $2 * 2 * $3 - $3, $3 - (c.y + 0.5) / $2 * 2 * $3), 3857), 4326)) AS cell
     FROM json_to_recordset($1) AS c (x float, y float)`,
    [JSON.stringify(cells.map(([x, y]) => ({ x, y }))), size, half],
  );
  expect(said.map(({ cell }) => cell)).toEqual(cells.map(([x, y]) => interleaved(x, y)));
});

describe('each rule that names its twin', () => {
  const filesIn = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
  const naming = [...filesIn('src'), ...filesIn('schema')]
    .filter((path) => /\.(ts|sql)$/.test(path))
    .flatMap((path) =>
      readFileSync(path, 'utf8')
        .replace(/\n\s*(?:--|\/\/|\*) ?/g, ' ')
        .split('Twin: ')
        .slice(1)
        .map((text) => ({ path, text: text.slice(0, 400) })),
    );

  test.each(naming)('$path names a file that is there, and a test: $text', ({ text }) => {
    const [, names, file, proof] =
      /^(.+?) in ([\w./-]+\.(?:ts|sql)), compared by (test\/[\w./-]+\.ts)/.exec(text) ?? [];
    const named = readFileSync(file!, 'utf8');
    for (const name of names!.match(/\b[\w.]{5,}\b/g)!.filter((word) => !WORDS.has(word)))
      expect(named).toContain(name.replace(/^(?:tripoint|base)\./, ''));
    expect(readFileSync(proof!, 'utf8')).toMatch(/\btest\b/);
  });
});
const WORDS = new Set(['constraint', 'constraints', 'check']);
