import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { Links } from '../../geometry/feature.schema.ts';
import { PointGeometry } from '../../geometry/point.schema.ts';
import { freeText } from '../../screening/personal-data.ts';
import {
  AccuracyMetres,
  CountryCode,
  checkLabel,
  ReleasableTo,
  Released,
  Tlp,
  UtcTime,
} from '../vocabulary.schema.ts';
import { Accuracy, Certainty, Counts, IncidentId, PastInstant, Severity, State } from './incident.schema.ts';

export const ReportId = z.uuid().meta({ description: 'Identifier of a report.' });

export const NewReport = z
  .strictObject({
    at: PastInstant.optional().meta({
      description: 'Time of the observation; default: now.',
      example: '2026-11-01T08:00:00Z',
    }),
    text: freeText(2000).optional().meta({ description: 'Short; nothing about a person.' }),
    severity: Severity.optional(),
    certainty: Certainty.optional(),
    counts: Counts.optional(),
    state: State.optional(),
    geometry: PointGeometry.optional(),
    horizontalAccuracyMetres: Accuracy.optional(),
    tlp: Tlp.optional().meta({
      description:
        'Its own label. Without it, the report follows the label of the incident; a report about an incident of another country keeps the current audience of the incident.',
      example: 'AMBER+STRICT',
    }),
    releasableTo: ReleasableTo.optional(),
  })
  .superRefine(checkLabel)
  .refine(
    ({ at: _, tlp: __, releasableTo: ___, ...said }) =>
      Object.values(said).some((value) => value !== undefined),
    {
      error: issue('report-empty'),
    },
  )
  .meta({
    id: 'NewReport',
    description:
      'News about an incident. Its properties change the incident; the report itself never changes.',
    example: { text: 'Two vehicles seen again.', severity: 'severe', state: 'ongoing' },
  });
export type NewReport = z.output<typeof NewReport>;

export const Report = z
  .strictObject({
    id: ReportId,
    incident: IncidentId,
    agency: z.string().meta({ description: 'The agency that created it.' }),
    at: UtcTime.meta({ description: 'When it was so.' }),
    recordedAt: UtcTime.meta({ description: 'When the service stored it.' }),
    text: z.string().nullable().meta({ description: 'The report in words.' }),
    severity: Severity.nullable(),
    certainty: Certainty.nullable(),
    counts: Counts.nullable(),
    state: State.nullable(),
    geometry: PointGeometry.nullable(),
    horizontalAccuracyMetres: AccuracyMetres.nullable(),
    owner: CountryCode.meta({ description: 'Country of the reporting agency.' }),
    tlp: Tlp,
    releasableTo: Released,
    followsIncident: z
      .boolean()
      .meta({ description: 'Whether it has the label of the incident and changes with it.' }),
  })
  .meta({
    id: 'Report',
    description:
      'An immutable statement by one agency about an incident. Visible to callers who may see both the incident and the report; the owner country of the incident sees all except RED reports of others.',
  });

export const ReportList = z
  .strictObject({ reports: z.array(Report).meta({ description: 'The reports.' }), links: Links })
  .meta({ id: 'ReportList', description: 'Oldest first.' });
