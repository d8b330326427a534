import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { boundedPeriod } from '../period.schema.ts';
import { UtcTime } from '../vocabulary.schema.ts';
import { incidentFilters } from './incident.query.ts';

/** Seconds of each interval. */
export const INTERVALS = { PT5M: 300, PT15M: 900, PT1H: 3_600, PT6H: 21_600, P1D: 86_400 } as const;
const MOST_INTERVALS = 1_000;
const MOST_DAYS = 400;

const { datetime: _, ...filters } = incidentFilters;

export const IncidentCountQuery = z
  .strictObject({
    datetime: boundedPeriod(MOST_DAYS),
    interval: z
      .enum(Object.keys(INTERVALS) as (keyof typeof INTERVALS)[])
      .default('PT1H')
      .meta({
        description: `The length of an interval, as an ISO 8601 duration; \`P1D\` is 24 hours. At most ${MOST_INTERVALS} intervals.`,
        example: 'PT6H',
      }),
    ...filters,
  })
  .superRefine(({ datetime: { from, to }, interval }, ctx) => {
    const count = Math.ceil((to.getTime() - from.getTime()) / 1000 / INTERVALS[interval]);
    if (count <= MOST_INTERVALS) return;
    const message = issue('intervals-too-many', { count, most: MOST_INTERVALS });
    ctx.addIssue({ code: 'custom', path: ['interval'], message });
  });
export type IncidentCountQuery = z.output<typeof IncidentCountQuery>;

const number = z.int().meta({ description: 'Number of incidents.' });

const some = number.optional();

export const IncidentCounts = z
  .strictObject({
    from: UtcTime.meta({ description: 'Start of the period.' }),
    to: UtcTime.meta({ description: 'End of the period, exclusive.' }),
    interval: z.enum(Object.keys(INTERVALS) as (keyof typeof INTERVALS)[]).meta({
      description: 'The length of an interval.',
    }),
    total: number,
    counts: z
      .array(
        z
          .strictObject({
            from: UtcTime.meta({ description: 'Start of the interval.' }),
            to: UtcTime.meta({ description: 'End of the interval, exclusive.' }),
            total: number,
            severity: z
              .strictObject({ minor: some, moderate: some, severe: some, extreme: some })
              .meta({ id: 'IncidentsBySeverity', description: 'Number by severity; zeros are omitted.' }),
          })
          .meta({ id: 'IncidentCount', description: 'Incidents that began in an interval.' }),
      )
      .meta({ description: 'Every interval of the period in order, also those without incidents.' }),
  })
  .meta({ id: 'IncidentCounts', description: 'How many incidents began when.' });
