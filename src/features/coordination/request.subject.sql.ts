import { COUNTRY_CODES } from '../../core/caller.ts';
import { notFound } from '../../core/problem.ts';
import { consentConcern, NOTHING_SEEN, seenInOne } from '../../db/concern.ts';
import type { Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { readIncidentAccess } from './incident.access.sql.ts';
import type { RequestSubject, SubjectAccess } from './request.subject.ts';

export async function getSubjectAccess(tx: Transaction, subject: RequestSubject): Promise<SubjectAccess> {
  if (subject.noun === 'place') return { countries: COUNTRY_CODES };
  const access = await readers[subject.noun](tx, subject.id);
  if (!access) throw notFound(subject.noun, subject.id);
  return access;
}

type AccessReader = (tx: Transaction, id: string) => Promise<SubjectAccess | undefined>;

const readers: Record<Exclude<RequestSubject['noun'], 'place'>, AccessReader> = {
  async incident(tx, id) {
    const access = await readIncidentAccess(tx, id);
    return access && { countries: access.countries, label: { noun: 'incident', ...access } };
  },
  zone: readZoneAccess,
  segment: (tx, id) => readOpenAccess(tx, sql`segment AS s WHERE s.id = ${id}`),
  crossing: (tx, id) => readOpenAccess(tx, sql`crossing AS s WHERE s.id = ${id}`),
};

/** From the revision that the caller is shown, so that nobody learns who is shown another one. */
async function readZoneAccess(tx: Transaction, zone: string): Promise<SubjectAccess | undefined> {
  const [row] = await tx.query<{ owner: string; tlp: string; countries: string[] }>(sql`
    SELECT z.country AS owner, z.tlp, ${seenInOne(consentConcern(sql`z`))}, ARRAY(
      SELECT c.code FROM country AS c WHERE z.tlp <> 'RED' AND tripoint.country_bits(ARRAY[c.code]) & (
        ${consentConcern(sql`z`)} | CASE WHEN z.is_released THEN tripoint.audience(z.tlp, z.country, z.releasable_to) ELSE 0 END
      ) <> 0) AS countries
    FROM ${view.zone} AS z WHERE z.id = ${zone}`);
  return row && { countries: row.countries, label: { noun: 'zone', tlp: row.tlp, owner: row.owner } };
}

/** Of a row that everybody sees. */
async function readOpenAccess(tx: Transaction, row: Sql): Promise<SubjectAccess | undefined> {
  const found = await tx.query(sql`SELECT s.id, ${NOTHING_SEEN} FROM ${row}`);
  return found.length > 0 ? { countries: COUNTRY_CODES } : undefined;
}
