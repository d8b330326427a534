import { z } from 'zod';
import { Bbox } from '../../geometry/bbox.parse.ts';
import { DatetimeInterval } from '../../geometry/datetime.parse.ts';
import { collectionOf, featureOf } from '../../geometry/feature.schema.ts';
import { PointGeometry } from '../../geometry/point.schema.ts';
import { paging } from '../../http/paging.ts';
import { Counts, IncidentId } from '../incidents/incident.schema.ts';
import { NATURES } from '../incidents/incident.vocabulary.ts';
import { AccuracyMetres, anyOf, BorderCode, UtcTime } from '../vocabulary.schema.ts';
import { Assistance } from './assistance.schema.ts';

export const NoticeId = z.uuid().meta({
  description: 'Identifier of a notice: random, not the id of the incident.',
  example: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
});

export const DistressNotice = featureOf(
  'DistressNotice',
  PointGeometry,
  z.strictObject({
    occurredAt: UtcTime.meta({ description: 'When it happened or began.' }),
    horizontalAccuracyMetres: AccuracyMetres,
    inNeed: Counts.nullable().meta({ description: 'Number of people in need, if known.' }),
    incident: IncidentId.nullable().meta({ description: 'The incident; null: you may not see it.' }),
    assistanceDueAt: UtcTime.nullable().meta({
      description:
        'When assistance is due; null: no deadline, because the incident is closed or comes from an archive.',
    }),
    overdue: z.boolean().meta({ description: 'Assistance is due and was not given.' }),
    assistance: z.array(Assistance).meta({ description: 'Oldest first.' }),
  }),
);
export const DistressNoticeCollection = collectionOf('DistressNoticeCollection', DistressNotice);

export const DistressQuery = z.strictObject({
  bbox: Bbox.optional(),
  datetime: DatetimeInterval.optional(),
  border: BorderCode.optional(),
  nature: anyOf(NATURES, 'Any of these natures; `actual` excludes exercises and tests.'),
  ...paging,
});
export type DistressQuery = z.output<typeof DistressQuery>;

export const OpenDistressQuery = DistressQuery.extend({
  overdue: z
    .boolean()
    .optional()
    .meta({ description: 'Only notices past `assistanceDueAt`, or only those within it.', example: true }),
});
export type OpenDistressQuery = z.output<typeof OpenDistressQuery>;
