import { z } from 'zod';
import { plannedEachTime, type Sql, sql } from '../db/sql.ts';
import { type Field, field } from '../ogc/collection/collection.sql.ts';

const text = z.string();

/** Names in three languages, as three fields. */
export const nameFields = (names: Sql): Field[] => [
  field('nameEn', text, sql`${names} ->> 'en'`, 'Name (English)'),
  field('nameFr', text.nullable(), sql`${names} ->> 'fr'`, 'Name (French)'),
  field('nameAr', text.nullable(), sql`${names} ->> 'ar'`, 'Name (Arabic)'),
];

/** All names as one text. */
export const namesText = (names: Sql): Sql =>
  sql`concat_ws(' ', ${names} ->> 'en', ${names} ->> 'fr', ${names} ->> 'ar')`;

/** The parameter `q`: whether a text holds one of the phrases. */
export const holdsPhrase = (text: Sql, phrases: readonly string[]): Sql =>
  plannedEachTime(sql`tripoint.words(${text}) @@ tripoint.any_phrase(${phrases}::text[])`);
