import { z } from 'zod';
import { AreaGeometryShape } from '../../geometry/area.shape.ts';
import { Bbox } from '../../geometry/bbox.parse.ts';
import { DatetimeInterval } from '../../geometry/datetime.parse.ts';
import { collectionOf, featureOf } from '../../geometry/feature.schema.ts';
import { paging } from '../../http/paging.ts';
import { anyOf, BorderCode, CountryCode, Json, Names, Tlp, UtcTime } from '../vocabulary.schema.ts';
import { ZONE_KINDS, ZoneKind } from './zone.schema.ts';

const ZONE_STATES = ['draft', 'proposed', 'active', 'suspended', 'expired', 'withdrawn'] as const;

export const ZoneId = z
  .string()
  .min(1)
  .max(80)
  .meta({ description: 'Identifier of a zone.', example: 'exercise-jefara' });

export const Zone = featureOf(
  'Zone',
  AreaGeometryShape,
  z.strictObject({
    names: Names,
    kind: ZoneKind,
    purpose: z.string().nullable(),
    participants: z.array(CountryCode),
    country: CountryCode.meta({ description: 'The country that made it.' }),
    agency: z.string().nullable().meta({ description: 'The agency that made it.' }),
    author: z.string().nullable().meta({ description: 'The agency that wrote this revision.' }),
    state: z.enum(ZONE_STATES),
    revision: z.int(),
    validFrom: UtcTime,
    validTo: UtcTime.nullable().meta({ description: 'The instant at which it ends.' }),
    legalAct: Json.nullable(),
    derivedFrom: Json.nullable().meta({ description: 'The rule that the area was derived from.' }),
    tlp: Tlp,
    releasableTo: z.array(CountryCode),
    areaKm2: z.number().meta({ description: 'Geodesic.' }),
    horizontalAccuracyMetres: z.number().nullable(),
    notes: Json.nullable().meta({ description: 'What else the source says.' }),
    source: z.string().nullable(),
    createdAt: UtcTime,
    updatedAt: UtcTime,
  }),
);
export const ZoneCollection = collectionOf('ZoneCollection', Zone);

export const ZonePreview = z
  .strictObject({
    type: z.literal('Feature'),
    geometry: AreaGeometryShape,
    properties: z.strictObject({
      areaKm2: z.number(),
      countries: z
        .array(z.strictObject({ country: CountryCode, areaKm2: z.number(), share: z.number() }))
        .meta({ description: 'How much of it lies in each country.' }),
      borders: z
        .array(
          z.strictObject({
            border: BorderCode,
            lengthKm: z.number(),
            stretches: z.array(z.strictObject({ fromKm: z.number(), toKm: z.number() })),
          }),
        )
        .meta({ description: 'What it covers of the borders.' }),
      segments: z.array(z.string()),
      crossings: z.array(z.strictObject({ id: z.string(), names: Names })),
      overlaps: z
        .array(z.strictObject({ zone: z.string(), names: Names, kind: ZoneKind, areaKm2: z.number() }))
        .meta({ description: 'Zones not ended that it overlaps, as far as you see them.' }),
      incidentsLast90Days: z.int().meta({ description: 'Incidents inside, as far as you see them.' }),
    }),
  })
  .meta({ id: 'ZonePreview', description: 'What a zone would be; nothing is stored.' });

export const ZoneQuery = z.strictObject({
  bbox: Bbox.optional(),
  kind: anyOf(ZONE_KINDS, 'Any of these kinds.'),
  state: anyOf(ZONE_STATES, 'Any of these states; all but withdrawn if left out.'),
  country: CountryCode.optional().meta({ description: 'In which this country participates.' }),
  datetime: DatetimeInterval.optional(),
  ...paging,
});
export type ZoneQuery = z.output<typeof ZoneQuery>;
