import { z } from 'zod';
import type { AreaGeometry } from '../../geometry/area.shape.ts';
import { Bbox } from '../../geometry/bbox.parse.ts';
import { DatetimeInterval } from '../../geometry/datetime.parse.ts';
import { ExactInstant } from '../../geometry/instant.schema.ts';
import { LONGEST_TEXT, WktArea } from '../../geometry/wkt.parse.ts';
import { paging } from '../../http/paging.ts';
import { anyOf, BorderCode, CountryCode, phrasesIn, TLP } from '../vocabulary.schema.ts';
import { CERTAINTIES, INCIDENT_KINDS, INCIDENT_STATES, NATURES, SEVERITIES } from './incident.vocabulary.ts';

/** The parsed value: an area, or a zone id. */
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

export const FOLDS = ['confirmed', 'possible'] as const;
export type Fold = (typeof FOLDS)[number];
const fold = z.enum(FOLDS).optional().meta({
  description:
    'Of two incidents that are linked as one event (`/incidents/{incidentId}/same-as`) and both match, only the one reported first is listed: `confirmed` folds confirmed links, `possible` also those that no owner has decided. Needs a key.',
  example: 'confirmed',
});

const attributes = {
  q: phrasesIn('place texts', 'incident-q'),
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
  country: anyOf(['DZA', 'LBY', 'TUN', 'undetermined'], 'Country of the position.', 'incident-country'),
  border: BorderCode.optional(),
  segment: z.string().max(20).optional().meta({ description: 'The nearest segment.', example: 'DZA-TUN-07' }),
  owner: CountryCode.optional().meta({ description: 'Country of the reporting agency.' }),
  agency: z.string().max(80).optional().meta({ description: 'The reporting agency.' }),
  tlp: anyOf(TLP, 'Any of these labels.', 'incident-tlp'),
  source: z.string().max(200).optional().meta({ description: 'Source of the incident.' }),
  externalId: z.string().max(120).optional().meta({ description: 'Identifier in the source.' }),
  updatedSince: ExactInstant.optional().meta({
    description:
      'Only incidents that changed at this time or later (`updatedAt`). A slow transaction may become visible after later ones: ask again from some minutes earlier, or follow `/v1/changes`, which skips nothing and also tells what is gone.',
    example: '2026-11-01T06:30:00Z',
  }),
  ...attributes,
};
export const IncidentQuery = z.strictObject({
  ...incidentFilters,
  as: CountryCode.optional().meta({
    description: 'Another country: only incidents of your own country that it sees. For coordinators.',
    example: 'LBY',
  }),
  fold,
  ...paging,
});
export type IncidentQuery = z.output<typeof IncidentQuery>;

export const ZoneIncidentQuery = z.strictObject({
  match: z.enum(['point', 'possible']).default('point').meta({
    description: '`possible` adds incidents whose point is outside but whose error circle reaches in.',
  }),
  ...attributes,
  fold,
  ...paging,
});
export type ZoneIncidentQuery = z.output<typeof ZoneIncidentQuery>;

export const SegmentIncidentQuery = z.strictObject({
  withinMetres: z
    .number()
    .min(0)
    .max(500_000)
    .default(10_000)
    .meta({ description: 'Geodesic distance.', example: 20000 }),
  ...attributes,
  fold,
  ...paging,
});
export type SegmentIncidentQuery = z.output<typeof SegmentIncidentQuery>;
