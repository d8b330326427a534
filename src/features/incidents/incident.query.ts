import { z } from 'zod';
import { Bbox } from '../../geometry/bbox.parse.ts';
import { DatetimeInterval } from '../../geometry/datetime.parse.ts';
import { LONGEST_TEXT } from '../../geometry/wkt.parse.ts';
import { paging } from '../../http/paging.ts';
import { anyOf, BorderCode, CountryCode, TLP } from '../vocabulary.schema.ts';
import { CERTAINTIES, INCIDENT_KINDS, INCIDENT_STATES, NATURES, SEVERITIES } from './incident.vocabulary.ts';

const attributes = {
  datetime: DatetimeInterval.optional(),
  kind: anyOf(INCIDENT_KINDS, 'Any of these kinds.'),
  severity: anyOf(SEVERITIES, 'Any of these severities.'),
  certainty: anyOf(CERTAINTIES, 'Any of these certainties.'),
  nature: anyOf(NATURES, 'Any of these natures.'),
  state: anyOf(INCIDENT_STATES, 'Any of these states.'),
  ...paging,
};

export const IncidentQuery = z.strictObject({
  bbox: Bbox.optional(),
  within: z.string().min(1).max(LONGEST_TEXT).optional().meta({
    description: 'A zone id, or POLYGON / MULTIPOLYGON as WKT (longitude before latitude).',
    example: 'exercise-jefara',
  }),
  country: anyOf(['DZA', 'LBY', 'TUN', 'undetermined'], 'Where it is.'),
  border: BorderCode.optional(),
  segment: z.string().max(20).optional().meta({ description: 'The nearest segment.', example: 'DZA-TUN-07' }),
  owner: CountryCode.optional().meta({ description: 'The country whose agency reported it.' }),
  agency: z.string().max(80).optional().meta({ description: 'The agency that reported it.' }),
  tlp: anyOf(TLP, 'Any of these labels.'),
  source: z.string().max(200).optional().meta({ description: 'Where it was taken from.' }),
  externalId: z.string().max(120).optional().meta({ description: 'Identifier in the source.' }),
  as: CountryCode.optional().meta({
    description: 'Another country: of the incidents of your own, those that it sees. For coordinators.',
    example: 'LBY',
  }),
  ...attributes,
});
export type IncidentQuery = z.output<typeof IncidentQuery>;

export const ZoneIncidentQuery = z.strictObject({
  match: z.enum(['point', 'possible']).default('point').meta({
    description: '`possible` adds incidents whose point is outside but whose circle of error reaches in.',
  }),
  ...attributes,
});
export type ZoneIncidentQuery = z.output<typeof ZoneIncidentQuery>;

export const SegmentIncidentQuery = z.strictObject({
  withinMetres: z
    .number()
    .min(0)
    .max(500_000)
    .default(10_000)
    .meta({ description: 'Geodesic.', example: 20000 }),
  ...attributes,
});
export type SegmentIncidentQuery = z.output<typeof SegmentIncidentQuery>;
