import { view } from '../../db/labelled.ts';
import { constant, Sql, sql } from '../../db/sql.ts';

/**
 * Version of the shape of the texts that the database keeps beside incidents. A change of the properties is a new one, here
 * and in the database. Twin: base.incident_shape in schema/incidents/incident_text.functions.sql, compared by
 * test/incidents/kept-texts.test.ts
 */
export const INCIDENT_SHAPE = 1;

/** The kept properties of the row `r`, or NULL if they have another shape or are not made yet. */
export const keptText = (form: 'nested' | 'flat'): Sql =>
  sql`(SELECT t.${new Sql([form], [])} FROM ${view.incidentText} AS t
    WHERE t.id = r.id AND t.shape = ${constant(INCIDENT_SHAPE)})`;
