import { z } from 'zod';
import { COUNTRY_CODES } from '../../core/caller.ts';
import { issue } from '../../core/catalogue.ts';
import { Bbox } from '../../geometry/bbox.parse.ts';
import { collectionOf, featureOf } from '../../geometry/feature.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import { anyOf, CountryCode, Names, phrasesIn, Revision, Slug, UtcTime } from '../vocabulary.schema.ts';
import { AGENCY_TYPES, MANDATE_FUNCTIONS } from './agency.vocabulary.ts';
import { Mandate } from './mandate.schema.ts';

export const AgencyId = Slug.meta({
  description: 'Identifier of an agency.',
  example: 'tun-protection-civile',
});

export const AgencyType = z.enum(AGENCY_TYPES).meta({ id: 'AgencyType', description: 'Type of the body.' });

const PHONE = /^\+?\(?\d[\d ()./-]{0,28}\d$/;
const MOST_DIGITS = 15; // ITU-T E.164

export const AgencyContact = z
  .strictObject({
    dutyDesk: freeText(200)
      .min(1)
      .optional()
      .meta({ description: 'Name of the desk.', example: 'Operations room' }),
    telephone: z
      .string()
      .trim()
      .refine((text) => PHONE.test(text) && text.replace(/\D/g, '').length <= MOST_DIGITS, {
        error: issue('telephone-form', { digits: MOST_DIGITS }),
      })
      .optional()
      .meta({ description: 'Number of the desk; short numbers are accepted too.', example: '198' }),
    email: z
      .email()
      .max(254)
      .optional()
      .meta({ description: 'Mailbox of the desk.', example: 'duty-desk@agency.example' }),
  })
  .meta({
    id: 'AgencyContact',
    description:
      "How to reach the institution's duty desk. Never a person: no names, no personal numbers or mailboxes.",
  });

const properties = z.strictObject({
  names: Names,
  country: CountryCode,
  acronym: z.string().nullable().meta({ description: 'Short name.' }),
  ministry: z.string().nullable().meta({ description: 'Ministry that it belongs to.' }),
  type: AgencyType,
  contact: AgencyContact.nullable().meta({ description: 'A duty desk, never a person.' }),
  verified: z.boolean().meta({ description: 'Whether a source was checked.' }),
  unverifiedItems: z.array(z.string()).meta({ description: 'Unchecked parts.' }),
  source: z.string().meta({ description: 'Source of this information.' }),
  note: z.string().nullable().meta({ description: 'A remark.' }),
  revision: Revision,
  updatedAt: UtcTime,
});

const NoGeometry = z.null().meta({ description: 'Agencies have no geometry.' });
const mandates = z.array(Mandate).meta({ description: 'All its mandates, including past and future ones.' });

export const Agency = featureOf('Agency', NoGeometry, properties.extend({ mandates }));
export const AgencyInList = featureOf('AgencyInList', NoGeometry, properties);
export const AgencyCollection = collectionOf('AgencyCollection', AgencyInList);

const computed = z
  .unknown()
  .optional()
  .meta({ readOnly: true, description: 'Set by the service; ignored in input.' });

export const AgencyContent = z
  .strictObject({
    type: z.literal('Feature', {
      error: issue('agency-form'),
    }),
    id: AgencyId.optional(),
    geometry: NoGeometry.optional(),
    properties: z.strictObject({
      names: Names,
      country: CountryCode.meta({ description: 'Your own country.' }),
      acronym: freeText(40).min(1).nullish().meta({ description: 'Short name.' }),
      ministry: freeText(200).min(1).nullish().meta({ description: 'Ministry that it belongs to.' }),
      type: AgencyType,
      contact: AgencyContact.nullish(),
      verified: z.boolean().default(false).meta({ description: 'Whether a source was checked.' }),
      unverifiedItems: z
        .array(freeText(200).min(1))
        .max(50)
        .default([])
        .meta({ description: 'Unchecked parts.' }),
      source: freeText(500).min(1).meta({ description: 'Source of this information.' }),
      note: freeText(500).min(1).nullish().meta({ description: 'Short; nothing about a person.' }),
      revision: computed,
      updatedAt: computed,
      mandates: computed,
    }),
    links: computed,
  })
  .meta({
    id: 'AgencyContent',
    description:
      'The new content of an agency. Missing properties are removed; `revision`, `updatedAt` and `mandates` are ignored.',
    example: {
      type: 'Feature',
      geometry: null,
      properties: {
        names: { en: 'Exercise coordination desk', fr: 'Cellule de coordination des exercices' },
        country: 'TUN',
        type: 'coordination',
        contact: { dutyDesk: 'Operations room', telephone: '198', email: 'duty-desk@agency.example' },
        source: 'exercise plan of 2026',
        note: 'For exercises only.',
      },
    },
  });
export type AgencyContent = z.output<typeof AgencyContent>;

export const agencyFilters = {
  bbox: Bbox.optional().meta({
    description:
      'Accepted as on every layer. Agencies have no geometry, so they match every box (OGC API – Features).',
    example: '8,33,9,34',
  }),
  q: phrasesIn('names', 'names-q'),
  country: anyOf(COUNTRY_CODES, 'Any of these countries.'),
  type: anyOf(AGENCY_TYPES, 'Any of these types.'),
  function: anyOf(MANDATE_FUNCTIONS, 'With a current mandate for any of these functions.'),
  verified: z
    .boolean()
    .optional()
    .meta({ description: 'Only agencies with a checked source, or only the others.' }),
};
export const AgencyQuery = z.strictObject({ ...agencyFilters, ...paging });
export type AgencyQuery = z.output<typeof AgencyQuery>;
