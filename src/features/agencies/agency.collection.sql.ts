import { all, type Sql, sql, when } from '../../db/sql.ts';
import { collection, field, fieldsOf } from '../../ogc/collection/collection.sql.ts';
import { holdsPhrase, nameFields, namesText } from '../names.sql.ts';
import { AgencyContact, AgencyId, AgencyInList, agencyFilters } from './agency.schema.ts';
import { isValidAt, mandates } from './mandate.store.ts';

const { properties } = AgencyInList.shape;
const { dutyDesk, telephone, email } = AgencyContact.shape;

export const agencyCollection = collection({
  id: 'agencies',
  noun: 'agency',
  title: 'Agencies',
  description: 'Bodies of the three countries that work at the border. They have no geometry.',
  key: { column: sql`a.id`, type: 'text', schema: AgencyId },
  fields: [
    ...nameFields(sql`a.names`),
    ...fieldsOf(properties, {
      country: sql`a.country`,
      acronym: sql`a.acronym`,
      ministry: sql`a.ministry`,
      type: sql`a.type`,
    }),
    field('contactDutyDesk', dutyDesk.unwrap().nullable(), sql`a.contact ->> 'dutyDesk'`, 'Duty desk'),
    field('contactTelephone', telephone.unwrap().nullable(), sql`a.contact ->> 'telephone'`, 'Telephone'),
    field('contactEmail', email.unwrap().nullable(), sql`a.contact ->> 'email'`, 'E-mail'),
    ...fieldsOf(properties, {
      verified: sql`a.verified`,
      unverifiedItems: sql`a.unverified_items`,
      source: sql`a.source`,
      note: sql`a.note`,
      revision: sql`a.revision`,
      updatedAt: sql`a.updated_at`,
    }),
  ],
  computed: ['revision', 'updatedAt'],
  order: { keys: [{ column: sql`a.id`, type: 'text' }] },
  isSmall: true,
  filters: agencyFilters,
  // a feature without geometry matches every box (OGC API – Features 1.0.1 §7.15.3)
  rows: ({ q, country, type, verified, function: functions }) => ({
    from: sql`agency AS a`,
    where: all(
      when(q, (phrases) => holdsPhrase(sql`concat_ws(' ', ${namesText(sql`a.names`)}, a.acronym)`, phrases)),
      when(country, (codes) => sql`a.country = ANY (${codes}::text[])`),
      when(type, (words) => sql`a.type = ANY (${words}::text[])`),
      when(verified, (isVerified) => sql`a.verified = ${isVerified}`),
      when(functions, hasMandateFor),
    ),
    // also with a filter by mandates: the list does not reveal their places
    concern: sql`0`,
  }),
});

const hasMandateFor = (functions: readonly string[]): Sql => sql`a.id IN (
  SELECT m.agency FROM ${mandates.from} WHERE m.function = ANY (${functions}::text[]) AND ${isValidAt(sql`now()`)})`;
