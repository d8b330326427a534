import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { seedLabels } from '../support/label.world.ts';
import { becomeOwner, becomeService } from '../support/service.role.ts';
import { agencyOf, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let client: pg.Client;
beforeAll(async () => {
  service = await startService();
  await seedLabels(service, 'DZA');
  await service.disconnect();
  client = new pg.Client(service.connection);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await service.stop();
});

const BOWTIE = `ST_Multi(ST_GeomFromText('POLYGON((8 34, 9 35, 9 34, 8 35, 8 34))', 4326))`;
const NOW_TO_NOW = 'valid_from = now(), valid_to = now()';

/** Of an agency that has several. */
const OF_ONE = (table: string) =>
  `agency = (SELECT agency FROM base.${table} GROUP BY agency HAVING count(*) > 1 LIMIT 1)`;

/** Past the triggers, which refuse the change before. */
const QUIETLY = (update: string) =>
  `WITH quiet AS MATERIALIZED (SELECT set_config('session_replication_role', 'replica', true)) ${update} FROM quiet`;
const ASSESSED = (change: string) => QUIETLY(`UPDATE base.impact_assessment SET ${change}`);
const JOINT = (openUntil: string, participants: string) => `
  INSERT INTO base.joint_proposal (id, subject_type, subject, path, participants, country, agency, open_until)
  SELECT gen_random_uuid(), subject_type, subject, path, ${participants}, country, agency, ${openUntil}
  FROM base.joint_proposal LIMIT 1`;

const COUNT = (figures: Record<string, number>) => `
  INSERT INTO base.indicator (${['id, crossing, country, day, method, agency', ...Object.keys(figures)].join(', ')})
  SELECT ${['gen_random_uuid(), s.crossing, s.country', `'2020-01-01', 'manual', a.id`, ...Object.values(figures)].join(', ')}
  FROM base.crossing_side AS s JOIN base.agency AS a ON a.country = s.country LIMIT 1`;

/** For each rule with a name a statement of the owner of the tables that breaks it. */
const SIGNED_IN = (roles: string, key = 'k.id', subject = 'NULL') =>
  `INSERT INTO base.session (id, hash, key_id, subject, roles, agency, country, ends_at)
   SELECT gen_random_uuid(), k.hash, ${key}, ${subject}, ${roles}, k.agency, k.country, now() FROM base.api_key AS k LIMIT 1`;
const BROKEN: Record<string, string> = {
  procedure_has_one_subject: QUIETLY("UPDATE base.procedure_version SET segment = 'DZA-TUN-07'"),
  procedure_has_documents: QUIETLY("UPDATE base.procedure_version SET documents = '[]'"),
  procedure_period_is_in_order: QUIETLY('UPDATE base.procedure_version SET valid_to = valid_from'),
  proposer_takes_part: JOINT("now() + interval '1 hour'", "'{LBY}'"),
  joint_proposal_stays_open: JOINT('now()', 'participants'),
  joint_proposal_end_is_whole: 'UPDATE base.joint_proposal SET ended_at = now()',
  critical_lasts_14_days_at_most: ASSESSED('lasts_days = 3'),
  assessment_is_decided_once: ASSESSED(`decline_reason = 'No.'`),
  alert_has_one_subject: 'UPDATE base.alert SET incident = NULL',
  reaction_is_done_by_an_agency: QUIETLY('UPDATE base.reaction SET done_at = now()'),
  feed_purged_is_whole: `UPDATE base.feed SET purged_xid = '1'`,
  schema_program_may_run_itself: `UPDATE base.schema_program SET oldest_program = program + 1`,
  country_area_is_valid: `UPDATE base.country SET area = ${BOWTIE}`,
  mandate_period_is_in_order: `UPDATE base.mandate SET ${NOW_TO_NOW}`,
  api_key_roles_are_known: `UPDATE base.api_key SET roles = '{king}'`,
  crossing_status_period_is_in_order: `
    INSERT INTO base.crossing_status (id, crossing, country, state, valid_from, valid_to, source)
    SELECT gen_random_uuid(), crossing, country, 'open', now(), now(), 'a test' FROM base.crossing_side LIMIT 1`,
  crossing_status_says_one_thing: `UPDATE base.crossing_status SET hours = '{"weekly": [], "exceptions": []}'`,
  crossing_status_withdrawal_is_whole: 'UPDATE base.crossing_status SET withdrawn_at = now()',
  world_is_actual_by_id: `UPDATE base.world SET id = 'autumn'`,
  world_describes_exercise: `UPDATE base.world SET purpose = 'a test'`,
  world_period_is_in_order: `TRUNCATE base.incident CASCADE;
    UPDATE base.world SET id = 'autumn', kind = 'exercise', names = '{}', purpose = '', participants = '{DZA}',
      starts_at = now(), ends_at = now()`,
  indicator_has_a_figure: COUNT({}),
  indicator_figures_are_counts: COUNT({ passengers: 5, trucks: -1 }),
  reference_version_period_is_in_order: `INSERT INTO base.reference_version (collection, id, content, valid_from, valid_to)
    VALUES ('sides', 'a/TUN', '{}', now(), now() - interval '1 second')`,
  zone_area_is_valid: `UPDATE base.zone_revision SET area = ${BOWTIE} WHERE proposed_at IS NULL`,
  zone_period_is_in_order: `UPDATE base.zone_revision SET ${NOW_TO_NOW} WHERE proposed_at IS NULL`,
  incident_period_is_in_order: `UPDATE base.incident SET occurred_until = occurred_at - interval '1 second'`,
  report_of_others_has_a_label: `UPDATE base.report SET tlp = NULL, owner = 'TUN', agency = 'tun-douane'`,
  offer_period_is_in_order: 'UPDATE base.offer SET available_until = available_from',
  incident_double_has_two_owners: `INSERT INTO base.incident_double (earlier, later, earlier_owner, later_owner, audience, concern)
    SELECT id, id, owner, owner, 2, 2 FROM base.incident LIMIT 1`,
  given_assistance_has_an_outcome: `INSERT INTO base.assistance (id, notice, agency, state, at)
    SELECT gen_random_uuid(), id, incident_agency, 'given', now() FROM base.distress_notice LIMIT 1`,
  shift_at_place_idx: `INSERT INTO base.shift (id, agency, country, kind, name, opened_by)
    SELECT gen_random_uuid(), agency, country, kind, upper(name), opened_by FROM base.shift LIMIT 1`,
  session_of_key_or_token: SIGNED_IN(`'{reader}'`),
  session_roles_are_known: SIGNED_IN(`'{guest}'`, 'NULL', `'x'`),
  shift_is_confirmed_by_another_key: `UPDATE base.shift SET closed_at = now(), closed_by = offered_by WHERE state = 'offered'`,
  shift_offer_is_whole: `UPDATE base.shift SET offered_at = NULL WHERE state = 'offered'`,
  subscription_has_one_place: `UPDATE base.subscription SET zone = 'a', filter = '"true"'`,
  subscription_is_within: 'UPDATE base.subscription SET within_m = 5',
  subscription_has_its_threshold: `UPDATE base.subscription SET triggers = '{threshold}'`,
  subscription_suspension_is_whole: 'UPDATE base.subscription SET enabled = false, suspended_ms = 5',
  delivery_has_one_subject: `UPDATE base.delivery SET collection = 'requests'`,
  incident_request_has_one_subject: `UPDATE base.incident_request SET segment = 'DZA-TUN-07'`,
  incident_external_idx: `UPDATE base.incident SET source = 'a', external_id = 'the same' WHERE ${OF_ONE('incident')}`,
  alert_reasons_are_pairs: `UPDATE base.alert SET triggers = '{created,enter}'`,
  alert_distress_idx: `UPDATE base.alert SET trigger = 'distress', triggers = '{distress}', subscriptions = '{NULL}', notice = n.id
    FROM (SELECT id FROM base.distress_notice LIMIT 1) AS n WHERE ${OF_ONE('alert')}`,
};

async function refusalOf(statement: string): Promise<string | undefined> {
  await client.query('BEGIN');
  try {
    await client.query(statement);
    return undefined;
  } catch (error) {
    return (error as pg.DatabaseError).constraint ?? (error as Error).message;
  } finally {
    await client.query('ROLLBACK');
  }
}

const EARLIER: Record<string, string> = {
  incident_period_is_in_order: 'range lower bound must be less than or equal to range upper bound',
};

test.each(Object.entries(BROKEN))('%s holds for the owner of the tables too', async (rule, statement) => {
  expect(await refusalOf(statement)).toBe(EARLIER[rule] ?? rule);
});

const COORDINATOR = agencyOf(keyOf('DZA', 'coordinator'));
const OF_SERVICE: Record<string, string> = {
  rejection_has_a_reason: `INSERT INTO zone_consent (id, zone, revision, country, agency, decision)
    SELECT gen_random_uuid(), id, revision, 'DZA', '${COORDINATOR}', 'reject' FROM zone_revision WHERE state = 'proposed' LIMIT 1`,
  refusal_has_a_reason: `INSERT INTO joint_consent (id, proposal, country, agency, decision)
    SELECT gen_random_uuid(), id, 'DZA', '${COORDINATOR}', 'refuse' FROM joint_proposal WHERE state = 'proposed' LIMIT 1`,
};

test.each(Object.entries(OF_SERVICE))('%s holds for the service', async (rule, statement) => {
  await becomeService(client, { country: 'DZA', agency: COORDINATOR, roles: ['coordinator'] });
  expect(await refusalOf(statement)).toBe(rule);
  await becomeOwner(client);
});

test('each rule with a name is broken here', async () => {
  const { rows } = await client.query(`
    SELECT k.conname AS name FROM pg_constraint AS k
    WHERE k.contype = 'c' AND k.connamespace = 'base'::regnamespace AND k.conname !~ '_check[0-9]*$'
    UNION ALL
    SELECT i.indexrelid::regclass::text FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid
    WHERE i.indisunique AND c.relnamespace = 'base'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = i.indexrelid)`);
  const names = rows.map(({ name }) => name.replace('base.', '')).sort();
  expect([...Object.keys(BROKEN), ...Object.keys(OF_SERVICE)].sort()).toEqual(names);
});
