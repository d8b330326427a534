import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client(database.connection);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const rowsOf = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await client.query(text, values)).rows;
const listOf = async (text: string, values: unknown[] = []): Promise<string[]> =>
  (await rowsOf<{ name: string }>(text, values)).map(({ name }) => name);

const OURS = `n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`;
const EXTENSION = (catalog: string, alias: string) =>
  `EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.classid = '${catalog}'::regclass AND d.objid = ${alias}.oid AND d.deptype = 'e')`;

/** Tables, views and sequences that a role can do anything with, of whatever kind, by a grant to it or to everyone. */
const reachable = (role: string): Promise<string[]> =>
  listOf(
    `SELECT n.nspname || '.' || c.relname || ' ' || c.relkind::text AS name
     FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE ${OURS} AND NOT ${EXTENSION('pg_class', 'c')} AND CASE c.relkind
       WHEN 'S' THEN has_sequence_privilege($1, c.oid, 'USAGE, SELECT, UPDATE')
       ELSE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND (
         has_table_privilege($1, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
         OR has_any_column_privilege($1, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')) END
     ORDER BY 1`,
    [role],
  );

describe('the role of the service', () => {
  const role = 'tripoint_service';

  test('has privileges on views of its schema only, none on columns or by PUBLIC', async () => {
    const names = await reachable(role);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !/^tripoint\.\w+ v$/.test(name))).toEqual([]);
  });

  test('cannot use a schema with tables, and creates nothing in any schema', async () => {
    const may = (privilege: string) =>
      listOf(
        `SELECT n.nspname AS name FROM pg_namespace AS n
         WHERE ${OURS} AND has_schema_privilege($1, n.oid, $2) ORDER BY 1`,
        [role, privilege],
      );
    expect(await may('USAGE')).toEqual(['public', 'tripoint']);
    expect(await may('CREATE')).toEqual([]);
  });

  test('is not a superuser, bypasses no policy, owns nothing and is a member of no other role', async () => {
    const [attributes] = await rowsOf(
      `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin, rolinherit
       FROM pg_roles WHERE rolname = $1`,
      [role],
    );
    expect(new Set(Object.values(attributes as object))).toEqual(new Set([false]));
    const of = `(SELECT oid FROM pg_roles WHERE rolname = $1)`;
    const owned = [
      `SELECT relname AS name FROM pg_class WHERE relowner = ${of}`,
      `SELECT proname AS name FROM pg_proc WHERE proowner = ${of}`,
      `SELECT nspname AS name FROM pg_namespace WHERE nspowner = ${of}`,
      `SELECT roleid::regrole::text AS name FROM pg_auth_members WHERE member = ${of}`,
    ];
    for (const text of owned) expect(await listOf(text, [role])).toEqual([]);
  });

  test('gets no grants on later objects', async () => {
    expect(await rowsOf('SELECT defaclobjtype, defaclacl::text FROM pg_default_acl')).toEqual([]);
  });
});

test('the maintenance roles reach only what their task needs', async () => {
  expect(await reachable('tripoint_sealer')).toEqual([
    'base.audit_entry r',
    'base.audit_seal r',
    'base.audit_sealing r',
  ]);
  expect(await reachable('tripoint_purger')).toEqual([]);
  expect(await reachable('tripoint_alerter')).toEqual([]);
  const changes = await listOf(
    `SELECT c.relname AS name FROM pg_class AS c WHERE c.relnamespace = 'base'::regnamespace AND c.relkind = 'r'
       AND has_table_privilege('tripoint_sealer', c.oid, 'UPDATE, DELETE, TRUNCATE')`,
  );
  expect(changes).toEqual(['audit_sealing']);
});

test('views run with the rights of the table owner, each with its own filter by caller', async () => {
  const views = await rowsOf<{ name: string; options: string | null; asksForCaller: boolean }>(`
    SELECT c.relname AS name, c.reloptions::text AS options,
           pg_get_viewdef(c.oid) ~ '(viewer|caller_agency)\\(\\)' AS "asksForCaller"
    FROM pg_class AS c WHERE c.relnamespace = 'tripoint'::regnamespace AND c.relkind = 'v' ORDER BY 1`);
  const faults = views.flatMap(({ name, options, asksForCaller }) => {
    // Planned apart, so that spatial indexes are not used (docs/decisions/0002-rows-by-caller.md).
    if (options?.includes('security_barrier')) return `tripoint.${name} is a security barrier`;
    if (options?.includes('security_invoker')) return `tripoint.${name} asks for rights on tables`;
    return asksForCaller ? [] : `tripoint.${name} has no filter by tripoint.viewer: give it one.`;
  });
  expect(faults).toEqual([]);
});

// Functions that see every row whoever asks. A new one joins this list with what keeps it from telling.
const REVIEWED: Record<string, string> = {
  'tripoint.correction_difference': 'reads reference data, which everyone sees',
  'tripoint.preview_correction':
    'answers incidents that the caller sees, and reference data; takes back what it writes',
  'base.keep_version': 'trigger: keeps versions of reference data, which everyone sees',
  'base.address_correction': 'trigger: reads reference data alone',
  'base.change_corrections': 'trigger: writes who sees a correction, as the table says',
  'base.settle_correction': 'trigger: places incidents again; answers nothing',
  'tripoint.place': 'reads borders and countries, which everyone sees',
  'tripoint.caller_of_key': 'answers who knows the hash of a secret of 256 bits',
  'tripoint.note_key_use': 'answers nothing',
  'tripoint.caller_of_session': 'answers who knows the hash of a secret of 256 bits',
  'tripoint.start_session': 'answers when the session of the caller ends, whose key it checks',
  'tripoint.note_session_use': 'answers nothing',
  'tripoint.end_session': 'answers nothing',
  'base.purge_sessions': 'not for the service; answers a number',
  'tripoint.audit_reads': 'answers nothing, and adds entries of reads only',
  'tripoint.note_attempts': 'answers nothing, and counts refused attempts for the auditors of the owners',
  'base.log_attempts': 'not for the service; answers nothing',
  'tripoint.look_at_installation':
    'answers the newest seal and whether the database was restored, to the service alone',
  'tripoint.lease_requests': 'answers how many requests of a hashed share are counted, to the service alone',
  'tripoint.lock_zone': 'answers nothing, and locks only zones that the caller sees',
  'tripoint.next_version':
    'answers a number that the next version shows, and only about a procedure that the caller sees',
  'tripoint.lock_proposal': 'answers nothing, and locks only joint proposals that the caller sees',
  'tripoint.sealing_lag': 'answers a number of seconds',
  'tripoint.rescue_borders': 'answers for which borders the own agency has a mandate',
  'tripoint.fold_incident_cells': 'answers how much it has added up, to the service alone',
  'tripoint.link_doubles': 'answers how many incidents it has looked at, to the service alone',
  'tripoint.renew_incident_texts': 'answers how many incidents it has passed, to the service alone',
  'base.keep_incident_texts': 'trigger: keeps what is hidden by audience, as the incidents are',
  'base.note_cells': 'trigger: appends what is hidden by audience, as the incidents are',
  'base.purge_requests': 'not for the service; answers a number',
  'base.purge_incidents': 'not for the service; answers a number',
  'base.tell_time': 'not for the service; answers a number',
  'base.announce_reset': 'not for the service; answers a number',
  'base.note_loss': 'not for the service; answers a number',
  'tripoint.begin_feed': 'answers whether it had anything to do, once in the life of a database',
  'tripoint.cursor_state': 'answers what a cursor is worth, which cannot be guessed: it has a random nonce',
  'base.purge_changes': 'not for the service; answers a number',
  'tripoint.replay_deliveries': 'answers how many, and touches only those of the own agency',
  'base.queue_deliveries': 'trigger: puts the alerts of an agency before its own webhooks',
  'base.requeue_deliveries': 'trigger: puts there again what was withdrawn',
  'base.secrets_of_webhook': 'not for the service: what is sent is signed with them',
  'base.claim_deliveries': 'not for the service; says what is to be sent, without the alerts',
  'base.settle_deliveries': 'not for the service; answers a number',
  'base.sweep_deliveries': 'not for the service; answers a number',
  'base.delivery_figures': 'not for the service; answers numbers over all agencies, for the metrics',
  'base.change_incidents': 'trigger: reports the written rows to those who see or saw them',
  'base.change_zones': 'trigger: reports the written rows to those who see or saw them',
  'base.change_consents': 'trigger: reports decisions to the participants who see the zone',
  'base.change_revisions': 'trigger: reports further revisions to the participants who see the zone',
  'base.change_alerts': 'trigger: reports the written alerts to their agency',
  'base.change_assistance': 'trigger: reports who sees assistance, by the rule of its view',
  'base.change_indicator': 'trigger: reports counts to those who see or saw them',
  'base.keep_stamp': 'trigger: refuses a change of the stamp of the world, which everyone sees',
  'base.refuse_after_end': 'trigger: refuses writes of the service after the end of an exercise',
  'base.change_request': 'trigger: reports who sees a request, by the rule of its view',
  'base.change_procedure': 'trigger: reports who sees a procedure, by the rule of its view',
  'base.remove_shared_of_zone': 'trigger: deletes what goes with a zone that is removed',
  'base.check_procedure':
    'trigger: refuses a version of a procedure, by its proposal and its place, which the writer sees',
  'base.change_coordination': 'trigger: reports who sees coordination, by the rule of its views',
  'base.move_assistance': 'trigger: reports assistance to who gains or loses its notice',
  'base.remove_coordination': 'trigger: reports removed coordination to who saw it',
  'base.agencies_apart': 'not for the service; answers agencies and times to the evaluator',
  'base.suspend_subscription': 'not for the service; answers whether it is done',
  'base.waiting_alerts': 'not for the service; answers ids and filters to the evaluator',
  'base.raise_alerts': 'not for the service; alerts agencies of visible incidents only, and returns a number',
  'base.purge_alerts': 'not for the service; answers a number',
  'base.settle_subscription': 'trigger: gives the row that is written the country of its agency',
  'base.change_open': 'trigger: reports rows that everyone sees',
  'base.revise_incident':
    'trigger: fills in the row that is written, and refuses who sees the incident, and so its notice',
  'base.keep_clocks':
    'trigger: copies the incident that is written to rescue bodies, alerts them, and notes by when somebody should take notice',
  'base.follow_incidents':
    'trigger: copies new distress to rescue bodies and alerts them, queues the written rows for the evaluator, and hides alerts from agencies that no longer see their incident',
  'base.label_report': 'trigger: gives the row that is written the label of its incident',
  'base.follow_zone':
    'trigger: gives a revision the owner and label of its zone, whose first one the writer sees',
  'base.number_consent': 'trigger: numbers decisions by a column that callers are not told',
  'base.keep_assessment':
    'trigger: refuses to write, by borders, which everyone sees, and by its own joint proposal',
  'base.follow_assessment':
    'trigger: writes reactions for the sides that see the assessment, and the level of CLEAR ones',
  'base.change_assessments': 'trigger: reports assessments to those who see or saw them',
  'base.alert_late_reaction': 'trigger: alerts agencies of the sides that see the reaction',
  'base.change_reactions': 'trigger: reports reactions to the sides that see them',
  'base.watch_impact': 'not for the service; answers a number',
  'base.keep_proposal': 'trigger: refuses to write, by the decisions, which the participants see',
  'base.settle_proposal': 'trigger: applies an agreement or its end to the subject, for its participants',
  'base.change_proposals': 'trigger: reports joint proposals to their participants',
  'base.check_consent': 'trigger: refuses decisions about what the writer, a participant, sees',
  'base.follow_consent': 'trigger: says in the proposal, which the writer sees, what follows from a decision',
  'base.settle_revision':
    'trigger: copies the revision that is written to those who are shown it, refuses what the participants, who see the decisions, have not approved, and takes consents to later revisions back',
  'base.relabel_zone': 'trigger: gives the label that is written to all revisions of the zone',
  'base.record_assistance': 'trigger: fills in the row that is written, whose notice the writer sees',
  'base.fill_shift': 'trigger: finds the country and the last shift of the agency that writes',
  'base.fill_shift_item':
    'trigger: finds the incident of a row that the writer sees; readers see it if they see the incident',
  'base.change_shift': 'trigger: reports a shift to its agency',
  'base.change_shift_note': 'trigger: reports a note to the agency of its shift',
  'base.join_incident': 'trigger: says whose incident it is that the row hangs on, which the writer sees',
  'base.change_offers': 'trigger: reports offers to who sees them, by their audience',
  'base.queue_doubles': 'trigger: queues ids that no view shows',
  'base.change_doubles': 'trigger: reports pairs to who sees both incidents',
  'base.change_decided_doubles': 'trigger: reports decisions to who sees the pair',
  'base.label_double_decision': 'trigger: says who saw both incidents when the decision was written',
  'base.label_response': 'trigger: says who saw the incident when the row was written',
  'base.address_request':
    'trigger: says of which countries the agencies are that are asked, which everyone sees',
  'base.take_notice': 'trigger: ends these notes',
  'base.fire_overdue': 'not for the service; answers a number',
  'base.join_zones': 'trigger: keeps pairs, which are hidden with zone and incident',
  'base.end_demo_keys': 'trigger: revokes demo keys',
};
// one for each table
const AUDIT_TRIGGER = /^base\.audit_\w+$/;

interface Definer {
  name: string;
  settings: string[] | null;
  isTrigger: boolean;
}

describe('functions with the rights of the table owner', () => {
  let definers: Definer[];
  beforeAll(async () => {
    definers = await rowsOf<Definer>(`
      SELECT n.nspname || '.' || p.proname AS name, p.proconfig AS settings, p.prorettype = 'trigger'::regtype AS "isTrigger"
      FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
      WHERE p.prosecdef AND ${OURS} AND NOT ${EXTENSION('pg_proc', 'p')} ORDER BY 1`);
  });

  test('have a fixed search path, with temporary objects last', () => {
    expect(definers.length).toBeGreaterThan(10);
    const loose = definers.filter(({ settings }) => !settings?.includes('search_path=base, public, pg_temp'));
    expect(loose.map(({ name }) => name)).toEqual([]);
  });

  test('are listed, each with the reason why it reveals no hidden rows', () => {
    const advice = definers
      .filter(({ name, isTrigger }) => !REVIEWED[name] && !(isTrigger && AUDIT_TRIGGER.test(name)))
      .map(
        ({ name }) =>
          `${name} sees every row: say in REVIEWED of test/database/privileges.test.ts what keeps it from telling.`,
      );
    expect(advice).toEqual([]);
    const names = definers.map(({ name }) => name);
    expect(Object.keys(REVIEWED).filter((name) => !names.includes(name))).toEqual([]);
  });

  test('are executable by the service where granted, never by PUBLIC', async () => {
    const callable = await listOf(`
      SELECT n.nspname || '.' || p.proname AS name
      FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
      WHERE p.prosecdef AND p.prorettype <> 'trigger'::regtype AND ${OURS} AND NOT ${EXTENSION('pg_proc', 'p')}
        AND has_function_privilege('tripoint_service', p.oid, 'EXECUTE') ORDER BY 1`);
    expect(callable).toEqual([
      'tripoint.audit_reads',
      'tripoint.begin_feed',
      'tripoint.caller_of_key',
      'tripoint.caller_of_session',
      'tripoint.correction_difference',
      'tripoint.cursor_state',
      'tripoint.end_session',
      'tripoint.fold_incident_cells',
      'tripoint.lease_requests',
      'tripoint.link_doubles',
      'tripoint.lock_proposal',
      'tripoint.lock_zone',
      'tripoint.look_at_installation',
      'tripoint.next_version',
      'tripoint.note_attempts',
      'tripoint.note_key_use',
      'tripoint.note_session_use',
      'tripoint.place',
      'tripoint.preview_correction',
      'tripoint.renew_incident_texts',
      'tripoint.replay_deliveries',
      'tripoint.rescue_borders',
      'tripoint.sealing_lag',
      'tripoint.start_session',
    ]);
  });
});
