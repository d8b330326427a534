import { z } from 'zod';
import { boundedPeriod } from '../period.schema.ts';
import { CountryCode, UtcTime } from '../vocabulary.schema.ts';
import { CrossingState, TrafficClass } from './status.schema.ts';

const MOST_DAYS = 800;

export const AvailabilityQuery = z.strictObject({
  datetime: boundedPeriod(MOST_DAYS),
  entering: CountryCode.optional().meta({
    description: 'Only traffic that enters this country.',
    example: 'TUN',
  }),
  traffic: TrafficClass.optional().meta({ description: 'Only this class of traffic.', example: 'goods' }),
});
export type AvailabilityQuery = z.output<typeof AvailabilityQuery>;

const hours = z.number().meta({ description: 'Hours in this state.' });
const Hours = z
  .strictObject({ open: hours, restricted: hours, closed: hours, unknown: hours })
  .meta({ id: 'HoursByState', description: 'Hours of the period in each state.' });

export const Availability = z
  .strictObject({
    crossing: z.string().meta({ description: 'Identifier of the crossing.' }),
    from: UtcTime.meta({ description: 'Start of the period.' }),
    to: UtcTime.meta({ description: 'End of the period, exclusive.' }),
    hours: Hours.meta({ description: 'Of the crossing: the stricter side counts.' }),
    periods: z
      .array(
        z.strictObject({ state: CrossingState, from: UtcTime, to: UtcTime }).meta({
          id: 'AvailabilityPeriod',
          description: 'A period in which the crossing has one state; the end is exclusive.',
        }),
      )
      .meta({ description: 'The whole period in order, without gaps.' }),
    sides: z
      .array(
        z
          .strictObject({ country: CountryCode, hours: Hours })
          .meta({ id: 'SideAvailability', description: 'Hours of one side.' }),
      )
      .meta({ description: 'Both sides.' }),
    table: z
      .array(
        z
          .strictObject({ country: CountryCode, entering: CountryCode, traffic: TrafficClass, hours: Hours })
          .meta({
            id: 'CellAvailability',
            description: 'Hours of one class of traffic in one direction at one side.',
          }),
      )
      .meta({ description: 'Side × direction × traffic.' }),
  })
  .meta({ id: 'CrossingAvailability', description: 'How long a crossing is open in a period.' });
