import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { freeText } from '../../screening/personal-data.ts';
import { CountryCode, Names, ReleasableTo, Tlp } from '../vocabulary.schema.ts';
import { ZoneArea } from './zone.area.ts';
import { ZoneRule } from './zone.rule.ts';

export const ZONE_KINDS = [
  'joint_monitoring',
  'buffer',
  'closed_military',
  'patrol_sector',
  'sar_responsibility',
  'hazard',
  'exercise',
] as const;
export const ZoneKind = z.enum(ZONE_KINDS).meta({ id: 'ZoneKind', description: 'Purpose of the zone.' });

export const LegalAct = z
  .union([
    freeText(300),
    z.looseObject({
      title: freeText(300).meta({ description: 'Title of the act.' }),
      date: z.iso.date().nullish().meta({ description: 'Day of the act.' }),
      reference: freeText(200).nullish().meta({ description: 'Number or place of publication.' }),
    }),
  ])
  .meta({
    id: 'LegalAct',
    description: 'The legal basis of the zone.',
    example: 'Joint note of 3 November 2026',
  });

const content = {
  names: Names,
  kind: ZoneKind,
  purpose: freeText(500)
    .refine((text) => text.length > 0, { error: issue('purpose-empty') })
    .meta({ description: 'What the zone is for, in words.' }),
  participants: z
    .array(CountryCode)
    .min(1)
    .max(3)
    .refine((codes) => new Set(codes).size === codes.length, { error: issue('participants-repeat') })
    .meta({
      description: 'The countries that monitor the zone, including yours.',
      uniqueItems: true,
      example: ['DZA', 'TUN'],
    }),
  validFrom: DateOrInstant.optional().meta({ description: 'Default: now.' }),
  validTo: DateOrInstant.nullish().meta({ description: 'End (exclusive); open if missing.' }),
  legalAct: LegalAct.nullish(),
  derivedFrom: ZoneRule.optional(),
  tlp: Tlp.default('AMBER'),
  releasableTo: ReleasableTo.default([]),
};

const ZoneContent = z
  .strictObject(content)
  .superRefine(({ participants, releasableTo, tlp, validFrom, validTo }, ctx) => {
    if (tlp === 'RED' && participants.length > 1) refuse(ctx, 'tlp', issue('red-hides-zone'));
    if (tlp !== 'AMBER' && releasableTo.length > 0)
      refuse(ctx, 'releasableTo', issue('label-amber-only', { tlp }));
    // Twin: zone_period_is_in_order in migrations/0006_zones.sql, compared by test/database/twins.test.ts
    const start = validFrom ? Date.parse(validFrom) : Date.now();
    if (validTo && Date.parse(validTo) <= start)
      refuse(ctx, 'validTo', issue('ends-before-start', { validFrom: validFrom ?? undefined }));
  });

function refuse(ctx: z.RefinementCtx, name: string, message: string) {
  ctx.addIssue({ code: 'custom', path: [name], message, params: { semantic: true } });
}

export const NewZone = z
  .strictObject({
    type: z.literal('Feature'),
    geometry: ZoneArea.nullish(),
    derivedFrom: ZoneRule.optional().meta({
      description: 'Alternative place for the rule, beside `geometry`.',
    }),
    properties: ZoneContent,
  })
  .refine(
    ({ geometry, derivedFrom, properties }) =>
      [geometry, derivedFrom ?? properties.derivedFrom].filter(Boolean).length === 1,
    {
      error: issue('geometry-or-rule'),
    },
  )
  .meta({
    id: 'NewZone',
    description:
      'A zone, drawn as a Polygon or MultiPolygon, or derived from a rule (then `geometry` is null).',
    example: {
      type: 'Feature',
      geometry: null,
      properties: {
        names: { en: 'Tébessa – Kasserine' },
        kind: 'exercise',
        purpose: 'Joint watch of fuel routes',
        participants: ['DZA', 'TUN'],
        derivedFrom: { border: 'DZA-TUN', fromKm: 310, toKm: 420, widthMetres: 15000, side: 'both' },
      },
    },
  });
export type NewZone = z.output<typeof NewZone>;

// Without defaults: a change keeps missing properties.
export const ZoneChange = z
  .strictObject({
    type: z.literal('Feature').optional(),
    geometry: ZoneArea.nullish(),
    derivedFrom: ZoneRule.optional(),
    properties: z
      .strictObject({ ...content, tlp: Tlp, releasableTo: ReleasableTo })
      .partial()
      .optional(),
  })
  .meta({
    id: 'ZoneChange',
    description: 'The changes (JSON Merge Patch); null removes `validTo` and `legalAct`.',
    example: { properties: { validTo: '2099-12-31T00:00:00Z' } },
  });
export type ZoneChange = z.output<typeof ZoneChange>;
