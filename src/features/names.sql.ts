import { z } from 'zod';
import { type Sql, sql } from '../db/sql.ts';
import { type Field, field } from '../ogc/collection/collection.sql.ts';

const text = z.string();

/** Names in three languages, as three fields. */
export const nameFields = (names: Sql): Field[] => [
  field('nameEn', text, sql`${names} ->> 'en'`, 'Name (English)'),
  field('nameFr', text.nullable(), sql`${names} ->> 'fr'`, 'Name (French)'),
  field('nameAr', text.nullable(), sql`${names} ->> 'ar'`, 'Name (Arabic)'),
];
