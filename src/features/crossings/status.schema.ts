import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { DatetimeInterval } from '../../geometry/datetime.parse.ts';
import { PageLinks } from '../../geometry/feature.schema.ts';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import { CountryCode, Source, UtcTime } from '../vocabulary.schema.ts';
import { CROSSING_STATES, TRAFFIC_CLASSES } from './crossing.vocabulary.ts';
import { OpeningHours } from './hours.schema.ts';

export const CrossingState = z
  .enum(CROSSING_STATES)
  .meta({ id: 'CrossingState', description: 'Whether the crossing can be used.' });
export const TrafficClass = z
  .enum(TRAFFIC_CLASSES)
  .meta({ id: 'TrafficClass', description: 'A class of traffic.' });

const ENTERING =
  'The country that the traffic enters: its direction, whichever side says it. Null: both directions.';

const statement = {
  id: z.guid().meta({ description: 'Identifier of the statement.' }),
  entering: CountryCode.nullable().meta({ description: ENTERING }),
  traffic: z.array(TrafficClass).meta({ description: 'Traffic classes; empty means all traffic.' }),
  state: CrossingState.nullable().meta({ description: 'Null: the statement says opening hours.' }),
  hours: OpeningHours.nullable().meta({ description: 'Null: the statement says a state.' }),
  reason: z.string().nullable().meta({ description: 'Why the state is so.' }),
  from: UtcTime.meta({ description: 'When it begins to hold.' }),
  to: UtcTime.nullable().meta({ description: 'Exclusive; null: until the next statement.' }),
  source: Source,
};

export const SideStatement = z.strictObject(statement).meta({
  id: 'SideStatement',
  description: 'A statement of one side: in effect at an instant, or planned.',
});

const Withdrawn = z
  .strictObject({
    at: UtcTime.meta({ description: 'When it was withdrawn.' }),
    agency: z.string().meta({ description: 'The agency that withdrew it.' }),
    reason: z.string().meta({ description: 'What was wrong.' }),
  })
  .meta({
    id: 'StatusWithdrawn',
    description: 'A withdrawn statement was a mistake, and counts at no instant.',
  });

export const StatusStatement = z
  .strictObject({
    ...statement,
    crossing: z.string().meta({ description: 'Identifier of the crossing.' }),
    country: CountryCode.meta({ description: 'The stating side.' }),
    agency: z.string().nullable().meta({ description: 'The stating agency; null for reference data.' }),
    recordedAt: UtcTime.meta({ description: 'When the service stored it.' }),
    withdrawn: Withdrawn.nullable().meta({ description: 'Null: the statement stands.' }),
  })
  .meta({
    id: 'StatusStatement',
    description: 'An entry of the history: it never changes, but may be withdrawn.',
  });

export const StatusHistory = z
  .strictObject({
    statements: z.array(StatusStatement).meta({ description: 'Newest first.' }),
    links: PageLinks,
  })
  .meta({ id: 'StatusHistory', description: 'One page of the statements about a crossing.' });

export const StatusQuery = z.strictObject({
  country: CountryCode.optional().meta({ description: 'Only statements of this side.', example: 'TUN' }),
  datetime: DatetimeInterval.optional(),
  withdrawn: z
    .boolean()
    .optional()
    .meta({ description: '`false`: without withdrawn statements; `true`: only these.' }),
  ...paging,
});
export type StatusQuery = z.output<typeof StatusQuery>;

export const StatusWithdrawal = z
  .strictObject({ reason: freeText(300).meta({ description: 'What was wrong; nothing about a person.' }) })
  .refine(({ reason }) => reason !== '', { path: ['reason'], error: issue('withdrawal-reason-missing') })
  .meta({
    id: 'StatusWithdrawal',
    description: 'Withdraws a statement that was a mistake.',
    example: { reason: 'Meant for another crossing' },
  });

// In vocabulary order, so that statements about the same classes compare equal; the newest one is in effect.
const Traffic = z
  .union([TrafficClass.transform((one) => [one]), z.array(TrafficClass).max(TRAFFIC_CLASSES.length)])
  .transform((given) => TRAFFIC_CLASSES.filter((one) => given.includes(one)))
  .default([])
  .meta({ description: 'One traffic class or a list; empty means all traffic.' });

export const NewStatus = z
  .strictObject({
    country: CountryCode.optional().meta({ description: 'The stating side: your own.' }),
    entering: CountryCode.nullable().default(null).meta({ description: ENTERING }),
    traffic: Traffic,
    state: CrossingState.optional().meta({ description: 'Either a state or opening hours.' }),
    hours: OpeningHours.optional().meta({ description: 'Instead of a state.' }),
    reason: freeText(500).optional().meta({ description: 'Short; nothing about a person.' }),
    from: DateOrInstant.optional().meta({ description: 'Start. Default: now.' }),
    to: DateOrInstant.optional().meta({ description: 'End; after `from`.' }),
    source: freeText(200).optional().meta({ description: 'Default: the id of your agency.' }),
  })
  // Twin: crossing_status_period_is_in_order in migrations/0005_crossings.sql, compared by test/database/twins.test.ts
  .superRefine(({ from = new Date().toISOString(), to, state, hours }, ctx) => {
    if ((state === undefined) === (hours === undefined))
      ctx.addIssue({
        code: 'custom',
        path: ['state'],
        message: issue('state-or-hours'),
        params: { semantic: true },
      });
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
    description: 'A statement of one side of a crossing: its state, or its opening hours.',
    example: {
      entering: 'TUN',
      traffic: ['goods'],
      state: 'closed',
      reason: 'Flooded road',
      from: '2026-11-01T06:00:00Z',
      to: '2026-11-02T06:00:00Z',
    },
  });
export type NewStatus = z.output<typeof NewStatus>;
