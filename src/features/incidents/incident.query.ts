import { z } from 'zod';
import type { AreaGeometry } from '../../geometry/area.shape.ts';
import { Bbox } from '../../geometry/bbox.parse.ts';
import { DatetimeInterval } from '../../geometry/datetime.parse.ts';
import { LONGEST_TEXT, WktArea } from '../../geometry/wkt.parse.ts';
import { paging } from '../../http/paging.ts';
import { anyOf, BorderCode, CountryCode, TLP } from '../vocabulary.schema.ts';
import { CERTAINTIES, INCIDENT_KINDS, INCIDENT_STATES, NATURES, SEVERITIES } from './incident.vocabulary.ts';

/** Once it is read: an area, or the id of a zone. */
export type Within = { area: AreaGeometry } | { zone: string };

const Within = z
  .string()
  .min(1)
  .max(LONGEST_TEXT)
  .transform((text, ctx): Within => {
    if (!/[(\s]/.test(text)) return { zone: text };
    const area = WktArea.safeParse(text);
    if (area.success) return { area: area.data };
    for (const issue of area.error.issues) ctx.addIssue({ ...issue, path: [] } as never);
    return z.NEVER;
  })
  .meta({
    description: 'A zone id, or POLYGON / MULTIPOLYGON as WKT (longitude before latitude).',
    example: 'exercise-jefara',
  });

const attributes = {
  datetime: DatetimeInterval.optional(),
  kind: anyOf(INCIDENT_KINDS, 'Any of these kinds.', 'incident-kind'),
  severity: anyOf(SEVERITIES, 'Any of these severities.', 'incident-severity'),
  certainty: anyOf(CERTAINTIES, 'Any of these certainties.', 'incident-certainty'),
  nature: anyOf(NATURES, 'Any of these natures.', 'incident-nature'),
  state: anyOf(INCIDENT_STATES, 'Any of these states.', 'incident-state'),
};

export const incidentFilters = {
  bbox: Bbox.optional(),
  within: Within.optional(),
  country: anyOf(['DZA', 'LBY', 'TUN', 'undetermined'], 'Where it is.', 'incident-country'),
  border: BorderCode.optional(),
  segment: z.string().max(20).optional().meta({ description: 'The nearest segment.', example: 'DZA-TUN-07' }),
  owner: CountryCode.optional().meta({ description: 'The country whose agency reported it.' }),
  agency: z.string().max(80).optional().meta({ description: 'The agency that reported it.' }),
  tlp: anyOf(TLP, 'Any of these labels.', 'incident-tlp'),
  source: z.string().max(200).optional().meta({ description: 'Where it was taken from.' }),
  externalId: z.string().max(120).optional().meta({ description: 'Identifier in the source.' }),
  ...attributes,
};
export const IncidentQuery = z.strictObject({
  ...incidentFilters,
  as: CountryCode.optional().meta({
    description: 'Another country: of the incidents of your own, those that it sees. For coordinators.',
    example: 'LBY',
  }),
  ...paging,
});
export type IncidentQuery = z.output<typeof IncidentQuery>;

export const ZoneIncidentQuery = z.strictObject({
  match: z.enum(['point', 'possible']).default('point').meta({
    description: '`possible` adds incidents whose point is outside but whose circle of error reaches in.',
  }),
  ...attributes,
  ...paging,
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
  ...paging,
});
export type SegmentIncidentQuery = z.output<typeof SegmentIncidentQuery>;
