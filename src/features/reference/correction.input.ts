import { z } from 'zod';
import { COUNTRY_CODES } from '../../core/caller.ts';
import { issue } from '../../core/catalogue.ts';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { LineOfPositions } from '../../geometry/line.schema.ts';
import { PointGeometry } from '../../geometry/point.schema.ts';
import { freeText } from '../../screening/personal-data.ts';
import { SegmentId } from '../borders/border.schema.ts';
import { CROSSING_KINDS } from '../crossings/crossing.vocabulary.ts';
import { AdminUnit, BorderCode, Names, Slug } from '../vocabulary.schema.ts';

const MOST_FEATURES = 200;

const kilometres = z.number().min(0).max(2000);
const note = (description: string) => freeText(500).min(1).nullable().optional().meta({ description });

/** What features of several collections have. A property that is left out stays as it is. */
const common = {
  names: Names.optional(),
  horizontalAccuracyMetres: z
    .number()
    .min(0)
    .max(100_000)
    .optional()
    .meta({ description: 'Radius of the circle around the true position.' }),
  unverifiedItems: z
    .array(freeText(100).min(1))
    .max(50)
    .optional()
    .meta({ description: 'Parts that nobody has checked.' }),
  source: freeText(500)
    .min(1)
    .optional()
    .meta({ description: 'Source of this row. Default: that of the file.' }),
  licence: note('Licence of the data.'),
};

const feature = <const C extends string, I extends z.ZodType, G extends z.ZodType, P extends z.ZodRawShape>(
  collection: C,
  { id, geometry, properties }: { id: I; geometry: G; properties: P },
) => ({
  type: z.literal('Feature'),
  collection: z.literal(collection).meta({ description: 'What the row is.' }),
  id,
  geometry,
  properties: z.strictObject(properties).default({} as never),
});

const border = z.strictObject(
  feature('borders', {
    id: BorderCode,
    geometry: LineOfPositions.nullable()
      .default(null)
      .meta({ description: 'The whole new line, from north to south, with the same ends; null: unchanged.' }),
    properties: {
      ...common,
      officialLengthKm: kilometres
        .nullable()
        .optional()
        .meta({ description: 'Length that the states publish.' }),
      officialLengthSource: note('Where that length is published.'),
      horizontalAccuracyNote: note('How the accuracy was found.'),
    },
  }),
);

const segment = z.strictObject({
  ...feature('segments', {
    id: SegmentId,
    geometry: LineOfPositions.nullable().default(null).meta({
      description: 'A line along the border, whose ends count; null: `fromKm` and `toKm` count.',
    }),
    properties: {
      ...common,
      fromKm: kilometres.optional().meta({ description: 'Chainage of the northern end.' }),
      toKm: kilometres.optional().meta({ description: 'Chainage of the southern end.' }),
      nameBasis: note('What the names are taken from.'),
      adminUnits: z
        .record(z.string(), z.array(AdminUnit).max(50))
        .optional()
        .meta({ description: 'Administrative units that it touches, by country.' }),
    },
  }),
  removed: z.boolean().default(false).meta({ description: 'Removes the segment: its neighbours cover it.' }),
});

const crossing = z.strictObject(
  feature('crossings', {
    id: Slug.meta({ description: 'Identifier of a crossing.' }),
    geometry: PointGeometry.nullable()
      .default(null)
      .meta({ description: 'The new place, at most 5 km from its border; null: unchanged.' }),
    properties: {
      ...common,
      border: BorderCode.optional().meta({ description: 'For a new one. Default: the nearest border.' }),
      kind: z.enum(CROSSING_KINDS).optional().meta({ description: 'What crosses here.' }),
      aliases: z.array(freeText(200).min(1)).max(20).optional().meta({ description: 'Other names in use.' }),
      alternatives: z
        .array(Slug)
        .max(20)
        .optional()
        .meta({ description: 'Crossings reported as alternatives.' }),
      positionMethod: note('How the position was found.'),
    },
  }),
);

const side = z.strictObject(
  feature('sides', {
    id: z
      .string()
      .regex(new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*/(${COUNTRY_CODES.join('|')})$`), issue('side-id-form'))
      .meta({ description: 'Crossing and country.', example: 'ras-ajdir/TUN' }),
    geometry: z.null().default(null).meta({ description: 'A side has the place of its crossing.' }),
    properties: {
      names: Names.optional(),
      adminUnit: AdminUnit.nullable().optional().meta({ description: 'Administrative unit at this side.' }),
    },
  }),
);

export const CorrectionFeature = z.discriminatedUnion('collection', [border, segment, crossing, side]).meta({
  id: 'CorrectionFeature',
  description:
    'A border, a segment, a crossing or the side of a crossing as it should be. Properties that are left out stay as they are.',
});

export const NewCorrection = z
  .strictObject({
    type: z.literal('FeatureCollection'),
    source: freeText(500).min(1).meta({ description: 'Source of the rows, such as a survey or an act.' }),
    reason: freeText(1000).min(1).optional().meta({ description: 'Why, in words; nothing about a person.' }),
    validFrom: DateOrInstant.optional().meta({
      description: 'Start of the new versions, not in the future. Default: when the correction is applied.',
    }),
    features: z
      .array(CorrectionFeature)
      .min(1)
      .max(MOST_FEATURES)
      .meta({ description: 'Changed rows alone.' }),
  })
  .superRefine(({ validFrom, features }, ctx) => {
    const refuse = (path: (string | number)[], message: string) =>
      ctx.addIssue({ code: 'custom', path, message, params: { semantic: true } });
    if (validFrom && Date.parse(validFrom) > Date.now())
      refuse(['validFrom'], issue('valid-from-future', { value: validFrom }));
    const seen = new Set<string>();
    for (const [n, { collection, id }] of features.entries()) {
      if (seen.has(`${collection}/${id}`)) refuse(['features', n, 'id'], issue('feature-repeats', { id }));
      seen.add(`${collection}/${id}`);
    }
  })
  .meta({
    id: 'NewCorrection',
    description: 'A file that corrects the reference data.',
    example: {
      type: 'FeatureCollection',
      source: 'Survey of the Tunisian side, November 2026',
      features: [
        {
          type: 'Feature',
          collection: 'sides',
          id: 'ras-ajdir/TUN',
          geometry: null,
          properties: { names: { en: 'Ras Jedir', fr: 'Ras Jedir', ar: 'رأس جدير' } },
        },
      ],
    },
  });
export type NewCorrection = z.output<typeof NewCorrection>;
