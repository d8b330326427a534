import { v7 as uuidv7 } from 'uuid';
import type { Caller, CountryCode } from '../../core/caller.ts';
import type { Page } from '../../core/page.ts';
import { NOTHING_SEEN, seenInAll, seenInOne } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { findFeature, listFeatures } from '../../db/layer.ts';
import { all, type Sql, sql, when, writing } from '../../db/sql.ts';
import { proposeStatement } from '../joint.proposal.sql.ts';
import {
  type AssessedSegment,
  LONGEST_CRITICAL_DAYS,
  mayAssess,
  type StoredAssessment,
} from './impact.lifecycle.ts';
import type { AssessmentQuery, ImpactDecision, NewAssessment } from './impact.schema.ts';
import { assessmentJson, assessments, criticalOf, sidesOf } from './impact.sql.ts';

/** The label of an assessment, after the defaults. */
export interface SideLabel {
  tlp: string;
  releasableTo: readonly CountryCode[];
}

type PermitNew = (segment: AssessedSegment | undefined) => SideLabel;
type PermitDecision = (stored: StoredAssessment | undefined) => void;

export const impactStore = (db: Database) => ({
  /** undefined: no such segment. */
  async find(caller: Caller, segment: string, at: string | undefined): Promise<string | undefined> {
    const [row] = await db.query<{ impact: string }>(caller, impactStatement(segment, at));
    return row?.impact;
  },

  list: (caller: Caller, { segment, country, level, state, ...page }: AssessmentQuery): Promise<Page> =>
    listFeatures(
      db,
      caller,
      assessments,
      all(
        when(segment, (id) => sql`a.segment = ${id}`),
        when(country, (code) => sql`a.country = ${code}`),
        when(level, (words) => sql`a.level = ANY (${words}::text[])`),
        when(state, (words) => sql`a.state = ANY (${words}::text[])`),
      ),
      page,
    ),

  findAssessment: (caller: Caller, id: string) => findFeature(db, caller, assessments, id),

  /** `permit` throws to refuse. */
  add: (caller: Caller, segment: string, content: NewAssessment, permit: PermitNew) =>
    db.transaction(caller, async (tx) => {
      const [found] = await tx.query<AssessedSegment>(sql`
        SELECT b.countries FROM segment AS s JOIN border AS b ON b.code = s.border WHERE s.id = ${segment}`);
      const label = permit(found);
      const id = uuidv7();
      await tx.query(insertStatement(caller, { id, segment, content, label }));
      if (content.level === 'critical' && mayAssess(caller.roles)) await propose(tx, caller, id);
      return { id, assessment: await read(tx, id) };
    }),

  /** `permit` throws to refuse. */
  decide: (caller: Caller, id: string, { decision, reason }: ImpactDecision, permit: PermitDecision) =>
    db.transaction(caller, async (tx) => {
      const [stored] = await tx.query<StoredAssessment>(sql`
        SELECT a.country, a.level, a.state, a.segment, ${seenInOne(sql`a.concern`)}
        FROM ${view.impactAssessment} AS a WHERE a.id = ${id} FOR NO KEY UPDATE`);
      permit(stored);
      const decided =
        decision === 'assess'
          ? sql`assessed_at = ${now}, assessed_by = ${caller.agency}`
          : sql`declined_at = ${now}, decline_reason = ${reason}`;
      await tx.query(writing`
        UPDATE ${view.impactAssessment} SET ${decided}, updated_at = clock_timestamp() WHERE id = ${id}`);
      if (stored!.level === 'critical' && decision === 'assess') await propose(tx, caller, id);
      return read(tx, id);
    }),
});
export type ImpactStore = ReturnType<typeof impactStore>;

/** Answers have milliseconds: `at` with the time of an assessment finds it. */
const now = sql`date_trunc('milliseconds', clock_timestamp())`;

interface NewRow {
  id: string;
  segment: string;
  content: NewAssessment;
  label: SideLabel;
}

function insertStatement({ country, agency, roles }: Caller, { id, segment, content, label }: NewRow): Sql {
  const days = content.level === 'critical' ? (content.validForDays ?? LONGEST_CRITICAL_DAYS) : null;
  const isAssessed = mayAssess(roles);
  return writing`
    INSERT INTO ${view.impactAssessment} (id, segment, country, agency, level, aspects, rationale, evidence, review_due_at,
      lasts_days, tlp, releasable_to, assessed_at, assessed_by)
    VALUES (${id}, ${segment}, ${country}, ${agency}, ${content.level}, ${content.aspects}::text[], ${content.rationale},
      ${content.evidence}::text[], ${content.reviewDueAt}, ${days}::int, ${label.tlp}, ${label.releasableTo}::text[],
      CASE WHEN ${isAssessed} THEN ${now} END, CASE WHEN ${isAssessed} THEN ${agency}::text END)`;
}

/** Both sides decide about a critical level, by a joint proposal with the same id. */
async function propose(tx: Transaction, caller: Caller, id: string): Promise<void> {
  const row = await tx.queryOne<{ segment: string; participants: CountryCode[]; openUntil: Date }>(sql`
    SELECT a.segment, b.countries AS participants, a.open_until AS "openUntil", ${NOTHING_SEEN}
    FROM ${view.impactAssessment} AS a JOIN segment AS s ON s.id = a.segment JOIN border AS b ON b.code = s.border
    WHERE a.id = ${id}`);
  const { participants, openUntil } = row;
  const subject = { subjectType: 'impact' as const, subject: id, path: `/assessments/${id}` };
  await tx.query(proposeStatement(caller, { id, ...subject, participants, openUntil }));
}

async function read(tx: Transaction, id: string): Promise<string> {
  const row = await tx.queryOne<{ text: string }>(sql`
    SELECT ${assessments.feature} AS text, ${NOTHING_SEEN}
    FROM (SELECT ${assessments.columns} FROM ${assessments.from} WHERE a.id = ${id}) AS r`);
  return row.text;
}

/** The effective level, and what it comes from. */
function impactStatement(segment: string, at: string | undefined): Sql {
  const moment = sql`t.at`;
  const level = (r: Sql) => sql`tripoint.impact_rank(${r}.level)`;
  return sql`
    WITH t AS (SELECT coalesce(${at ?? null}::timestamptz, statement_timestamp()) AS at),
    sides AS (SELECT d.* FROM t CROSS JOIN LATERAL (${sidesOf(sql`${segment}`, moment)}) AS d),
    critical AS (SELECT d.* FROM t CROSS JOIN LATERAL (${criticalOf(sql`${segment}`, moment)}) AS d),
    counted AS (SELECT s.level, s.concern FROM sides AS s UNION ALL SELECT c.level, c.concern FROM critical AS c)
    SELECT json_build_object('segment', g.id, 'at', tripoint.utc(t.at),
        'level', (SELECT c.level FROM counted AS c ORDER BY ${level(sql`c`)} DESC LIMIT 1),
        'critical', (SELECT ${assessmentJson(sql`c`)} FROM critical AS c),
        'sides', (SELECT json_agg(json_build_object('country', n.country, 'level', s.level,
            'reviewOverdue', coalesce(s.review_due_at <= t.at, false),
            'assessment', CASE WHEN s.id IS NOT NULL THEN ${assessmentJson(sql`s`)} END) ORDER BY n.country)
          FROM unnest(b.countries) AS n (country) LEFT JOIN sides AS s ON s.country = n.country))::text AS impact,
      (SELECT e.seen FROM (SELECT ${seenInAll(sql`c.concern`)} FROM counted AS c) AS e) AS seen
    FROM t CROSS JOIN segment AS g JOIN border AS b ON b.code = g.border WHERE g.id = ${segment}`;
}
