import { readFileSync } from 'node:fs';
import { validateXML } from 'xmllint-wasm';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from './audit.ts';
import type { TestService } from './service.ts';

const fixture = (name: string) => readFileSync(`test/fixtures/cap/${name}`, 'utf8');
const CAP_SCHEMA = fixture('CAP-v1.2.xsd');
const ATOM_SCHEMA = fixture('atom.rng');

const named = (texts: readonly string[]) =>
  texts.map((contents, n) => ({ fileName: `${n + 1}.xml`, contents }));
const messages = ({ errors }: { errors: readonly { rawMessage: string }[] }) =>
  errors.map(({ rawMessage }) => rawMessage);

/** What libxml2 finds against the schema of OASIS. */
export const capErrors = async (...documents: string[]): Promise<string[]> =>
  messages(await validateXML({ xml: named(documents), schema: CAP_SCHEMA }));

/** The same against RFC 4287. */
export const atomErrors = async (...documents: string[]): Promise<string[]> =>
  messages(await validateXML({ xml: named(documents), schema: ATOM_SCHEMA, extension: 'relaxng' }));

/** The parameters of a block as an object. */
export const parametersOf = (info: {
  parameter: { valueName: string; value: string }[];
}): Record<string, string> =>
  Object.fromEntries(info.parameter.map(({ valueName, value }) => [valueName, value]));

interface AlertRow {
  agency: string;
  incident: string;
  trigger?: string;
  at?: string;
  subscription?: string;
  dueAt?: string;
  count?: number;
  notice?: string;
}

/** An alert as it would be written when something is evaluated; about its incident, which has to be there. */
export async function insertAlert({ db }: Pick<TestService, 'db'>, row: AlertRow): Promise<string> {
  const { agency, incident, trigger = 'created', at, subscription, dueAt, count, notice } = row;
  const [made] = await asTableOwner<{ id: string }>(
    db,
    sql`INSERT INTO base.alert (agency, country, trigger, subscription, incident, notice, at, nature, kind, severity, certainty,
        occurred_at, point, horizontal_accuracy_m, border, border_km, incident_count, due_at)
      SELECT a.id, a.country, ${trigger}, ${subscription}, i.id, ${notice}, coalesce(${at}::timestamptz, now()), i.nature,
        i.kind, i.severity, i.certainty, i.occurred_at, i.point, i.horizontal_accuracy_m, i.border, i.border_km,
        ${count}::int, ${dueAt}::timestamptz
      FROM base.incident AS i JOIN base.agency AS a ON a.id = ${agency} WHERE i.id = ${incident} RETURNING id`,
  );
  return made!.id;
}
