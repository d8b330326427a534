import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { PageLinks } from '../../geometry/feature.schema.ts';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import { CountryCode, Source, UtcTime } from '../vocabulary.schema.ts';
import { CROSSING_STATES, DIRECTIONS, TRAFFIC_CLASSES } from './crossing.vocabulary.ts';

export const CrossingState = z
  .enum(CROSSING_STATES)
  .meta({ id: 'CrossingState', description: 'Whether the crossing can be used.' });
const Direction = z
  .enum(DIRECTIONS)
  .meta({ id: 'TrafficDirection', description: 'From the view of the stating country.' });
const TrafficClass = z.enum(TRAFFIC_CLASSES).meta({ id: 'TrafficClass', description: 'A class of traffic.' });

const statement = {
  direction: Direction,
  traffic: z.array(TrafficClass).meta({ description: 'Traffic classes; empty means all traffic.' }),
  state: CrossingState,
  reason: z.string().nullable().meta({ description: 'Why the state is so.' }),
  from: UtcTime.meta({ description: 'When the state begins.' }),
  to: UtcTime.nullable().meta({ description: 'Exclusive; null: until the next statement.' }),
  source: Source,
};

export const SideStatement = z
  .strictObject(statement)
  .meta({ id: 'SideStatement', description: 'A statement in effect on one side at an instant.' });

export const StatusStatement = z
  .strictObject({
    id: z.guid().meta({ description: 'Identifier of the statement.' }),
    crossing: z.string().meta({ description: 'Identifier of the crossing.' }),
    country: CountryCode.meta({ description: 'The stating side.' }),
    ...statement,
    agency: z.string().nullable().meta({ description: 'The stating agency; null for reference data.' }),
    recordedAt: UtcTime.meta({ description: 'When the service stored it.' }),
  })
  .meta({ id: 'StatusStatement', description: 'An immutable entry of the history.' });

export const StatusHistory = z
  .strictObject({
    statements: z.array(StatusStatement).meta({ description: 'Newest first.' }),
    links: PageLinks,
  })
  .meta({ id: 'StatusHistory', description: 'One page of the statements about a crossing.' });

export const StatusQuery = z.strictObject({
  country: CountryCode.optional().meta({ description: 'Only statements of this side.', example: 'TUN' }),
  at: DateOrInstant.optional().meta({ description: 'Only statements about this instant.' }),
  ...paging,
});
export type StatusQuery = z.output<typeof StatusQuery>;

// In vocabulary order, so that statements about the same classes compare equal; the newest one is in effect.
const Traffic = z
  .union([TrafficClass.transform((one) => [one]), z.array(TrafficClass).max(TRAFFIC_CLASSES.length)])
  .transform((given) => TRAFFIC_CLASSES.filter((one) => given.includes(one)))
  .default([])
  .meta({ description: 'One traffic class or a list; empty means all traffic.' });

export const NewStatus = z
  .strictObject({
    country: CountryCode.optional().meta({ description: 'The stating side: your own.' }),
    direction: Direction.default('both'),
    traffic: Traffic,
    state: CrossingState,
    reason: freeText(500).optional().meta({ description: 'Short; nothing about a person.' }),
    from: DateOrInstant.optional().meta({ description: 'Start. Default: now.' }),
    to: DateOrInstant.optional().meta({ description: 'End; after `from`.' }),
    source: freeText(200).optional().meta({ description: 'Default: the id of your agency.' }),
  })
  // Twin: crossing_status_period_is_in_order in migrations/0005_crossings.sql, compared by test/database/twins.test.ts
  .superRefine(({ from = new Date().toISOString(), to }, ctx) => {
    if (to === undefined || Date.parse(to) > Date.parse(from)) return;
    ctx.addIssue({
      code: 'custom',
      path: ['to'],
      message: issue('not-after-from', { from }),
      params: { semantic: true },
    });
  })
  .meta({
    id: 'NewStatus',
    description: 'A status statement of one side of a crossing.',
    example: {
      direction: 'both',
      traffic: ['goods'],
      state: 'closed',
      reason: 'Flooded road',
      from: '2026-11-01T06:00:00Z',
      to: '2026-11-02T06:00:00Z',
    },
  });
export type NewStatus = z.output<typeof NewStatus>;
