import { z } from 'zod';
import { PageLinks } from '../../geometry/feature.schema.ts';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import { CountryCode, Source, UtcTime } from '../vocabulary.schema.ts';
import { CROSSING_STATES, DIRECTIONS, TRAFFIC_CLASSES } from './crossing.vocabulary.ts';

export const CrossingState = z
  .enum(CROSSING_STATES)
  .meta({ id: 'CrossingState', description: 'Whether one gets through.' });
const Direction = z
  .enum(DIRECTIONS)
  .meta({ id: 'TrafficDirection', description: 'As seen from the country that states it.' });
const TrafficClass = z.enum(TRAFFIC_CLASSES).meta({ id: 'TrafficClass', description: 'A class of traffic.' });

const statement = {
  direction: Direction,
  traffic: z.array(TrafficClass).meta({ description: 'What it speaks of; empty means all traffic.' }),
  state: CrossingState,
  reason: z.string().nullable().meta({ description: 'Why the state is so.' }),
  from: UtcTime.meta({ description: 'When the state begins.' }),
  to: UtcTime.nullable().meta({ description: 'Exclusive; null: until something else is stated.' }),
  source: Source,
};

export const SideStatement = z
  .strictObject(statement)
  .meta({ id: 'SideStatement', description: 'What counts on one side at an instant.' });

export const StatusStatement = z
  .strictObject({
    id: z.guid().meta({ description: 'Identifier of the statement.' }),
    crossing: z.string().meta({ description: 'Identifier of the crossing.' }),
    country: CountryCode.meta({ description: 'The side that states it.' }),
    ...statement,
    agency: z
      .string()
      .nullable()
      .meta({ description: 'The agency that stated it; null for reference data.' }),
    recordedAt: UtcTime.meta({ description: 'When the service stored it.' }),
  })
  .meta({ id: 'StatusStatement', description: 'An entry of the history: it is never changed.' });

export const StatusHistory = z
  .strictObject({
    statements: z.array(StatusStatement).meta({ description: 'Newest first.' }),
    links: PageLinks,
  })
  .meta({ id: 'StatusHistory', description: 'One page of the statements about a crossing.' });

export const StatusQuery = z.strictObject({
  country: CountryCode.optional().meta({ description: 'Only what this side states.', example: 'TUN' }),
  at: DateOrInstant.optional().meta({ description: 'Only what is stated of this instant.' }),
  ...paging,
});
export type StatusQuery = z.output<typeof StatusQuery>;

// In the order of the vocabulary: the newest statement about the same classes is the one that counts.
const Traffic = z
  .union([TrafficClass.transform((one) => [one]), z.array(TrafficClass).max(TRAFFIC_CLASSES.length)])
  .transform((given) => TRAFFIC_CLASSES.filter((one) => given.includes(one)))
  .default([])
  .meta({ description: 'What it speaks of: one class or a list; empty means all traffic.' });

export const NewStatus = z
  .strictObject({
    country: CountryCode.optional().meta({ description: 'The side that it speaks for: your own.' }),
    direction: Direction.default('both'),
    traffic: Traffic,
    state: CrossingState,
    reason: freeText(500).optional().meta({ description: 'Short, and nothing about a person.' }),
    from: DateOrInstant.optional().meta({ description: 'Since when. Default: now.' }),
    to: DateOrInstant.optional().meta({ description: 'Until when; after `from`.' }),
    source: freeText(200).optional().meta({ description: 'Default: the id of your agency.' }),
  })
  .superRefine(({ from = new Date().toISOString(), to }, ctx) => {
    if (to === undefined || Date.parse(to) > Date.parse(from)) return;
    ctx.addIssue({
      code: 'custom',
      path: ['to'],
      message: `is not after from (${from})`,
      params: { semantic: true },
    });
  })
  .meta({
    id: 'NewStatus',
    description: 'What one side states about a crossing.',
    example: {
      direction: 'both',
      traffic: ['goods'],
      state: 'closed',
      reason: 'Flooded road',
      to: '2027-01-31T06:00:00Z',
    },
  });
export type NewStatus = z.output<typeof NewStatus>;
