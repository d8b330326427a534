import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { Bbox } from '../../geometry/bbox.parse.ts';
import { collectionOf, featureOf } from '../../geometry/feature.schema.ts';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { LineStringGeometry } from '../../geometry/line.schema.ts';
import { PointGeometry } from '../../geometry/point.schema.ts';
import { paging } from '../../http/paging.ts';
import {
  AccuracyMetres,
  AdminUnit,
  BORDER_CODES,
  BorderCode,
  CountryCode,
  Json,
  Licence,
  Names,
  phrasesIn,
  Source,
  versionProperties,
} from '../vocabulary.schema.ts';

export const IMPACT_LEVELS = ['low', 'medium', 'high', 'critical'] as const;

export const SegmentId = z
  .string()
  .regex(/^[A-Z]{3}-[A-Z]{3}-\d{2,3}$/, issue('segment-id-form'))
  .meta({ description: 'Identifier of a segment.', example: 'DZA-TUN-07' });

const unverifiedItems = z
  .array(z.string())
  .meta({ description: 'Parts that nobody has checked, such as a name in a language.' });

export const Border = featureOf(
  'Border',
  LineStringGeometry,
  z.strictObject({
    code: BorderCode,
    countries: z.array(CountryCode).meta({ description: 'The two countries.' }),
    names: Names,
    lengthKm: z.number().meta({ description: 'Geodesic length of the stored line.' }),
    officialLengthKm: z.number().nullable().meta({ description: 'Length that the states publish.' }),
    officialLengthSource: z.string().nullable().meta({ description: 'Where that length is published.' }),
    otherPublishedLengths: z.array(Json).meta({ description: 'Lengths that other sources give.' }),
    horizontalAccuracyMetres: z.number().meta({ description: 'Accuracy of the stored line.' }),
    horizontalAccuracyNote: z.string().nullable().meta({ description: 'How the accuracy was found.' }),
    legalBasis: z.array(Json).meta({ description: 'Treaties and acts that define the border.' }),
    unverifiedItems,
    source: Source,
    licence: Licence,
    ...versionProperties,
  }),
);
export const BorderCollection = collectionOf('BorderCollection', Border);

export const Segment = featureOf(
  'Segment',
  LineStringGeometry,
  z.strictObject({
    border: BorderCode,
    sequence: z.int().meta({ description: 'Position on its border, from 1 in the north.' }),
    fromKm: z.number().meta({ description: 'Chainage of the northern end.' }),
    toKm: z.number().meta({ description: 'Chainage of the southern end.' }),
    names: Names,
    nameBasis: z.string().nullable().meta({ description: 'What the names are taken from.' }),
    adminUnits: z
      .record(z.string(), z.array(AdminUnit))
      .meta({ description: 'Administrative units that it touches, by country.' }),
    horizontalAccuracyMetres: AccuracyMetres,
    impactLevel: z
      .enum(IMPACT_LEVELS)
      .nullable()
      .meta({ description: 'Impact level of the segment; null: not assessed.' }),
    unverifiedItems,
    source: Source,
    licence: Licence,
    ...versionProperties,
  }),
);
export const SegmentCollection = collectionOf('SegmentCollection', Segment);

export const BorderPoint = featureOf(
  'BorderPoint',
  PointGeometry,
  z.strictObject({
    border: BorderCode,
    borderKm: z.number().meta({ description: 'Chainage of the point.' }),
    segment: z.string().meta({ description: 'Identifier of the segment there.' }),
    horizontalAccuracyMetres: AccuracyMetres,
  }),
);
export const BorderPointQuery = z.strictObject({
  km: z
    .number()
    .min(0)
    .meta({ description: 'Chainage: km along the border from its northern end.', example: 412 }),
});

const border = z
  .enum(BORDER_CODES)
  .optional()
  .meta({ description: 'Only segments of this border.', example: 'DZA-TUN' });
const country = CountryCode.optional().meta({
  description: 'Only borders of this country.',
  example: 'TUN',
});

const q = phrasesIn('names', 'names-q');

const at = DateOrInstant.optional().meta({
  description: 'The version in force at this instant. Default: the newest.',
  example: '2026-01-31T12:00:00Z',
});
export const AtQuery = z.strictObject({ at });

export const borderFilters = { bbox: Bbox.optional(), country, q, at };
export const BorderQuery = z.strictObject({ ...borderFilters, ...paging });
export type BorderQuery = z.output<typeof BorderQuery>;

export const segmentFilters = { bbox: Bbox.optional(), border, country, q, at };
export const SegmentQuery = z.strictObject({ ...segmentFilters, ...paging });
export type SegmentQuery = z.output<typeof SegmentQuery>;
