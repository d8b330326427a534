import { z } from 'zod';
import { COUNTRY_CODES } from '../core/caller.ts';
import { issue } from '../core/catalogue.ts';

export const CountryCode = z
  .enum(COUNTRY_CODES)
  .meta({ id: 'CountryCode', description: 'ISO 3166-1 alpha-3.', example: 'TUN' });

export const BORDER_CODES = ['DZA-TUN', 'LBY-TUN', 'DZA-LBY'] as const;
export const BorderCode = z
  .enum(BORDER_CODES)
  .meta({ id: 'BorderCode', description: 'Code of a border.', example: 'DZA-TUN' });

const name = z.string().trim().min(1).max(200);
export const Names = z
  .strictObject({
    en: name.meta({ description: 'English.' }),
    fr: name.optional().meta({ description: 'French.' }),
    ar: name.optional().meta({ description: 'Arabic.' }),
  })
  .meta({
    id: 'Names',
    description: 'Name in English, French and Arabic.',
    example: { en: 'Ras Ajdir', ar: 'رأس اجدير' },
  });

export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, issue('slug-form'))
  .max(80);

export const TLP = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const;
export const Tlp = z.enum(TLP).meta({
  id: 'Tlp',
  title: 'TLP',
  description:
    'Traffic Light Protocol 2.0: CLEAR anyone, GREEN the three countries, AMBER the owner country and those in `releasableTo`, AMBER+STRICT the owner country, RED the owning agency.',
});

export const ReleasableTo = z
  .array(CountryCode)
  .max(3)
  .meta({ description: 'Countries, besides the owner, that see an AMBER row.', example: ['TUN'] });

/** As answered. */
export const Released = z
  .array(CountryCode)
  .meta({ description: 'Countries, besides the owner, that see an AMBER row.' });

interface GivenLabel {
  tlp?: (typeof TLP)[number] | undefined;
  releasableTo?: readonly string[] | undefined;
}

/** Refuses countries with a label other than AMBER. */
export function checkLabel({ tlp, releasableTo = [] }: GivenLabel, ctx: z.RefinementCtx): void {
  if (tlp === 'AMBER' || releasableTo.length === 0) return;
  ctx.addIssue({
    code: 'custom',
    path: ['releasableTo'],
    message: issue('label-amber-only', { tlp: tlp ?? null }),
    params: { semantic: true },
  });
}

/** Times in answers: RFC 3339 in UTC. */
export const UtcTime = z.iso
  .datetime()
  .meta({ id: 'UtcTime', description: 'RFC 3339 in UTC.', example: '2026-11-01T06:30:00Z' });

export const AdminUnit = z
  .looseObject({
    iso: z.string().meta({ description: 'ISO 3166-2 code.', example: 'TN-42' }),
    name: z.string().meta({ description: 'Name of the unit.', example: 'Kasserine' }),
  })
  .meta({ id: 'AdminUnit', description: 'A first-level administrative unit.' });

export const AccuracyMetres = z
  .number()
  .min(0)
  .meta({ description: 'Radius of the circle around the true position.' });
export const Source = z.string().meta({ description: 'Where the data comes from.' });
export const Licence = z.string().nullable().meta({ description: 'Licence of the data; null: unknown.' });
/** Of a version of reference data. */
export const versionProperties = {
  validFrom: UtcTime.nullable().meta({ description: 'Start of this version; null: the first one.' }),
  validTo: UtcTime.nullable().meta({
    description: 'End of this version, exclusive; null: it is the newest.',
  }),
  correction: z.uuid().nullable().meta({ description: 'Correction that made this version; null: none.' }),
};
export const Revision = z.int().meta({ description: 'Number of the revision; each write adds one.' });

export const Json = z.unknown().meta({ description: 'As in the source.' });

/** Comma-separated words of an enumeration: `kind=distress,fire`. With an id, all lists share one parameter description. */
export const anyOf = <const T extends readonly [string, ...string[]]>(
  words: T,
  description: string,
  id?: string,
) =>
  z
    .array(z.enum(words))
    .min(1)
    .optional()
    .meta({ ...(id && { id }), description, example: words[0] });

/** Neither a space nor punctuation of ASCII. Without \p, which not every reader of the API document knows. */
const WORD = /[^\s!-/:-@[-`{-~]/;

/** Free text over what a list calls its texts: `q=ras ajdir,bouchebka`. OGC API – Records Part 1, §7.2. */
export const phrasesIn = (texts: string, id: string) =>
  z
    .array(z.string().max(100).regex(WORD, issue('phrase-without-words')))
    .min(1)
    .max(20)
    .optional()
    .meta({
      id,
      description: `Only rows whose ${texts} hold one of these phrases, comma-separated: words that follow each other, by their beginnings, without regard to case and accents.`,
      example: ['ras ajdir'],
    });
