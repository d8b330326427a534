import { z } from 'zod';
import { Bbox } from '../../geometry/bbox.parse.ts';
import { collectionOf, featureOf } from '../../geometry/feature.schema.ts';
import { LineStringGeometry } from '../../geometry/line.schema.ts';
import { paging } from '../../http/paging.ts';
import { AdminUnit, BORDER_CODES, BorderCode, CountryCode, Json, Names } from '../vocabulary.schema.ts';

export const SegmentId = z
  .string()
  .regex(/^[A-Z]{3}-[A-Z]{3}-\d{2,3}$/, 'must look like DZA-TUN-07')
  .meta({ description: 'Identifier of a segment.', example: 'DZA-TUN-07' });

export const Border = featureOf(
  'Border',
  LineStringGeometry,
  z.strictObject({
    code: BorderCode,
    countries: z.array(CountryCode),
    names: Names,
    lengthKm: z.number().meta({ description: 'Geodesic length of the stored line.' }),
    officialLengthKm: z.number().nullable(),
    officialLengthSource: z.string().nullable(),
    otherPublishedLengths: z.array(Json),
    horizontalAccuracyMetres: z.number().meta({ description: 'How far the stored line may be off.' }),
    horizontalAccuracyNote: z.string().nullable(),
    legalBasis: z.array(Json),
    source: z.string(),
    licence: z.string().nullable(),
  }),
);
export const BorderCollection = collectionOf('BorderCollection', Border);

export const Segment = featureOf(
  'Segment',
  LineStringGeometry,
  z.strictObject({
    border: BorderCode,
    sequence: z.int(),
    fromKm: z.number().meta({ description: 'Chainage of the northern end.' }),
    toKm: z.number(),
    name: z.string().meta({ description: 'A working name.' }),
    nameBasis: z.string().nullable(),
    adminUnits: z.record(z.string(), z.array(AdminUnit)),
    horizontalAccuracyMetres: z.number(),
    impactLevel: z.enum(['low', 'medium', 'high', 'critical']).nullable(),
    source: z.string(),
    licence: z.string().nullable(),
  }),
);
export const SegmentCollection = collectionOf('SegmentCollection', Segment);

const border = z
  .enum(BORDER_CODES)
  .optional()
  .meta({ description: 'Only of this border.', example: 'DZA-TUN' });
const country = CountryCode.optional().meta({
  description: 'Only where this country is one side.',
  example: 'TUN',
});

export const borderFilters = { bbox: Bbox.optional(), country };
export const BorderQuery = z.strictObject({ ...borderFilters, ...paging });
export type BorderQuery = z.output<typeof BorderQuery>;

export const segmentFilters = { bbox: Bbox.optional(), border, country };
export const SegmentQuery = z.strictObject({ ...segmentFilters, ...paging });
export type SegmentQuery = z.output<typeof SegmentQuery>;
