import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';

const INCIDENTS = 320;
const FIRST_DAY = Date.UTC(2026, 8, 1);
const DAYS = 75;
const NOTE = 'Invented for an exercise.';

const BORDERS = [
  { border: 'DZA-TUN', km: 1043, agencies: ['dza-gardes-frontieres', 'tun-garde-nationale', 'dza-douanes'] },
  {
    border: 'LBY-TUN',
    km: 479,
    agencies: ['lby-service-gardes-frontieres', 'tun-garde-nationale', 'tun-douane'],
  },
  {
    border: 'DZA-LBY',
    km: 983,
    agencies: ['dza-gardes-frontieres', 'lby-service-gardes-frontieres', 'lby-douanes'],
  },
];
const KINDS = [
  'irregular_crossing',
  'smuggling_goods',
  'smuggling_fuel',
  'trafficking_suspected',
  'armed_incident',
  'infiltration_suspected',
  'unattributed_vehicle_or_craft',
  'distress',
  'fire',
  'flood',
  'mine_or_uxo',
  'health_event',
  'crossing_closure',
  'infrastructure',
  'other',
];
const SEVERITIES = ['minor', 'moderate', 'severe', 'extreme'];
const CERTAINTIES = ['observed', 'likely', 'possible', 'unlikely'];
const STATES = ['open', 'ongoing', 'closed', 'closed'];
const LABELS = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'];
const ACCURACIES = [50, 100, 250, 1000, 5000];

/** mulberry32: the same scenario at every start. */
function randomFrom(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function scenario() {
  const random = randomFrom(2026);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: INCIDENTS }, (_, n) => {
    const { border, km, agencies } = pick(BORDERS);
    const at = FIRST_DAY + Math.floor(random() * DAYS * 1440) * 60_000;
    const best = Math.floor(random() * 12);
    const id = uuidv7({ msecs: at, random: createHash('sha256').update(`demo ${n}`).digest() });
    return {
      id,
      border,
      at: new Date(at).toISOString(),
      until: random() < 0.2 ? new Date(at + 5_400_000).toISOString() : null,
      km: random() * km,
      azimuth: random() * 2 * Math.PI,
      metres: random() ** 2 * 40_000,
      agency: pick(agencies),
      kind: pick(KINDS),
      severity: pick(SEVERITIES),
      certainty: pick(CERTAINTIES),
      state: pick(STATES),
      tlp: LABELS[n % LABELS.length],
      accuracy: pick(ACCURACIES),
      best,
      high: best + 3,
    };
  });
}

const ZONES = [
  {
    id: 'exercise-tebessa-kasserine',
    country: 'DZA',
    agency: 'dza-gardes-frontieres',
    participants: ['DZA', 'TUN'],
    tlp: 'CLEAR',
    names: {
      en: 'Exercise zone Tébessa – Kasserine',
      fr: 'Zone d’exercice Tébessa – Kasserine',
      ar: 'منطقة تمرين تبسة – القصرين',
    },
    rule: { border: 'DZA-TUN', fromKm: 310, toKm: 420, widthMetres: 15000, side: 'both' },
  },
  {
    id: 'exercise-jefara',
    country: 'TUN',
    agency: 'tun-garde-nationale',
    participants: ['LBY', 'TUN'],
    tlp: 'CLEAR',
    names: { en: 'Exercise zone Jefara', fr: 'Zone d’exercice Djeffara', ar: 'منطقة تمرين الجفارة' },
    rule: { border: 'LBY-TUN', fromKm: 0, toKm: 80, widthMetres: 12000, side: 'both' },
  },
  {
    id: 'exercise-ghadames',
    country: 'LBY',
    agency: 'lby-service-gardes-frontieres',
    participants: ['DZA', 'LBY'],
    tlp: 'GREEN',
    names: {
      en: 'Exercise zone Debdeb – Ghadames',
      fr: 'Zone d’exercice Debdeb – Ghadamès',
      ar: 'منطقة تمرين الدبداب – غدامس',
    },
    rule: { border: 'DZA-LBY', fromKm: 0, toKm: 100, widthMetres: 20000, side: 'both' },
  },
  {
    id: 'exercise-in-amenas',
    country: 'DZA',
    agency: 'dza-gardes-frontieres',
    participants: ['DZA', 'LBY'],
    tlp: 'AMBER',
    names: { en: 'Exercise zone Tarat', fr: 'Zone d’exercice Tarat', ar: 'منطقة تمرين تارات' },
    rule: { border: 'DZA-LBY', fromKm: 480, toKm: 600, widthMetres: 25000, side: 'both' },
  },
].map((zone) => ({ ...zone, approvedBy: zone.participants, validFrom: '2026-09-01T00:00:00Z' }));

/** What coordinators still have to decide about, in each country. */
const WAITING_ZONES = [
  {
    id: 'exercise-ghardimaou',
    country: 'DZA',
    agency: 'dza-gardes-frontieres',
    participants: ['DZA', 'TUN'],
    tlp: 'AMBER',
    names: {
      en: 'Exercise zone Souk Ahras – Ghardimaou',
      fr: 'Zone d’exercice Souk Ahras – Ghardimaou',
      ar: 'منطقة تمرين سوق أهراس – غار الدماء',
    },
    rule: { border: 'DZA-TUN', fromKm: 100, toKm: 160, widthMetres: 10000, side: 'both' },
    approvedBy: ['DZA'],
    validFrom: '2026-12-01T00:00:00Z',
  },
  {
    id: 'exercise-tripoint',
    country: 'TUN',
    agency: 'tun-garde-nationale',
    participants: ['DZA', 'LBY', 'TUN'],
    tlp: 'AMBER',
    names: {
      en: 'Exercise zone at the tripoint',
      fr: 'Zone d’exercice au point triple',
      ar: 'منطقة تمرين عند النقطة الثلاثية',
    },
    rule: { border: 'LBY-TUN', fromKm: 430, toKm: 479, widthMetres: 15000, side: 'both' },
    approvedBy: ['TUN'],
    validFrom: '2026-12-01T00:00:00Z',
  },
];

const COORDINATING = {
  DZA: 'dza-gardes-frontieres',
  LBY: 'lby-service-gardes-frontieres',
  TUN: 'tun-garde-nationale',
};

const newZones = `
  INSERT INTO base.zone_revision (id, country, agency, author, kind, names, purpose, participants, area, derived_from,
    valid_from, proposed_at, tlp, source)
  SELECT z.id, z.country, z.agency, z.agency, 'exercise', z.names, ?, z.participants,
    tripoint.clip_to(tripoint.strip(tripoint.stretch(z.rule->>'border', (z.rule->>'fromKm')::float,
      (z.rule->>'toKm')::float), (z.rule->>'widthMetres')::float), z.participants),
    z.rule, z."validFrom", z."validFrom" - interval '14 days', z.tlp, 'demo scenario'
  FROM jsonb_to_recordset(?::jsonb) AS z (id text, country text, agency text, names jsonb, participants text[],
    rule jsonb, tlp text, "validFrom" timestamptz)
  ON CONFLICT DO NOTHING
  RETURNING id`;

const consents = `
  INSERT INTO base.zone_consent (id, zone, revision, country, agency, decision, at)
  SELECT gen_random_uuid(), r.id, 1, c.country, ?::jsonb ->> c.country, 'approve', r.proposed_at + interval '2 days'
  FROM jsonb_to_recordset(?::jsonb) AS z (id text, "approvedBy" text[])
  JOIN base.zone_revision AS r ON r.id = z.id CROSS JOIN unnest(z."approvedBy") AS c (country)
  WHERE r.id = ANY (?::text[])`;

const agreements = `
  UPDATE base.zone_revision AS r SET agreed_at = r.proposed_at + interval '2 days'
  FROM jsonb_to_recordset(?::jsonb) AS z (id text, "approvedBy" text[])
  WHERE r.id = z.id AND r.participants <@ z."approvedBy" AND r.id = ANY (?::text[])`;

/** Zones of the demo that are not there yet, with the decisions about them. */
const seedZones = (knex: Knex): Promise<void> =>
  knex.transaction(async (tx) => {
    const zones = JSON.stringify([...ZONES, ...WAITING_ZONES]);
    await tx.raw(`SELECT set_config('tripoint.viewer', '15', true)`);
    const { rows } = await tx.raw(newZones, [NOTE, zones]);
    const made = rows.map(({ id }: { id: string }) => id);
    await tx.raw(consents, [JSON.stringify(COORDINATING), zones, made]);
    await tx.raw(agreements, [zones, made]);
  });

/** A demo scenario: nothing in it happened, and each row says so (nature or kind `exercise`). */
export async function seed(knex: Knex): Promise<void> {
  await seedZones(knex);
  await knex.raw(
    `INSERT INTO base.incident (id, kind, severity, certainty, nature, state, occurred_at, occurred_until,
       reported_at, point, horizontal_accuracy_m, description, counts_best, counts_low, counts_high, source,
       external_id, owner, agency, tlp, releasable_to, content_hash)
     SELECT i.id, i.kind, i.severity, i.certainty, 'exercise', i.state, i.at, i.until, i.at + interval '20 minutes',
       ST_SetSRID(ST_SnapToGrid(ST_Project(ST_LineInterpolatePoint(e.line, (i.km * 1000 - e.from_m) / e.length_m)::geography,
         i.metres, i.azimuth)::geometry, 1e-6), 4326), i.accuracy, ?, i.best, i.best, i.high, 'demo scenario',
       i.id::text, a.country, i.agency, i.tlp,
       CASE i.tlp WHEN 'AMBER' THEN array_remove(b.countries, a.country) ELSE '{}' END, sha256(i.id::text::bytea)
     FROM jsonb_to_recordset(?::jsonb) AS i (id uuid, border text, at timestamptz, until timestamptz, km float,
       azimuth float, metres float, agency text, kind text, severity text, certainty text, state text, tlp text,
       accuracy float, best int, high int)
     JOIN base.border_edge AS e
       ON e.border = i.border AND e.from_m <= i.km * 1000 AND i.km * 1000 < e.from_m + e.length_m
     JOIN base.border AS b ON b.code = i.border
     JOIN base.agency AS a ON a.id = i.agency
     ON CONFLICT DO NOTHING`,
    [NOTE, JSON.stringify(scenario())],
  );
}
