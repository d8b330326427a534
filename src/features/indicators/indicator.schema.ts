import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { DatetimeInterval } from '../../geometry/datetime.parse.ts';
import { collectionOf, featureOf } from '../../geometry/feature.schema.ts';
import { readDay } from '../../geometry/instant.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import { CrossingId } from '../crossings/crossing.schema.ts';
import { TRAFFIC_CLASSES } from '../crossings/crossing.vocabulary.ts';
import { TrafficClass } from '../crossings/status.schema.ts';
import { anyOf, CountryCode, Slug, UtcTime } from '../vocabulary.schema.ts';

export const METHODS = ['manual', 'register', 'automatic', 'sample', 'estimate'] as const;

const MOST = 1_000_000; // a day
const DAY_MINUTES = 24 * 60;
/** The day has begun two hours earlier in the easternmost country. */
const AHEAD_MS = 2 * 3600 * 1000;

export const IndicatorId = z.uuid().meta({ description: 'Identifier of an indicator.' });

const count = (of: string) =>
  z
    .int()
    .min(0)
    .max(MOST)
    .nullable()
    .meta({ description: `Number of ${of}; null: not counted.` });
const Method = z.enum(METHODS).meta({
  id: 'CountMethod',
  description:
    '`manual`: counted at the post; `register`: from the records of controls; `automatic`: by a device; `sample`: extrapolated; `estimate`.',
});
const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .meta({ description: 'The day, in the local time of the side.', example: '2026-11-01' });
const entering = CountryCode.nullable().meta({
  description: 'The country that the traffic entered; null: both directions together.',
});
const traffic = TrafficClass.nullable().meta({
  description: 'Class of traffic; null: all traffic together.',
});

const figures = {
  passengers: count('persons'),
  vehicles: count('vehicles'),
  trucks: count('trucks'),
  medianWaitingMinutes: z
    .number()
    .min(0)
    .max(7 * DAY_MINUTES)
    .nullable()
    .meta({ description: 'Median of the waiting times, in minutes; null: not measured.' }),
};

export const indicatorProperties = z.strictObject({
  crossing: z.string().meta({ description: 'Identifier of the crossing.' }),
  country: CountryCode.meta({ description: 'The side that counted.' }),
  entering,
  day,
  traffic,
  ...figures,
  method: Method,
  countedBy: z.string().meta({ description: 'The agency that counted.' }),
  note: z.string().nullable().meta({ description: 'A remark.' }),
  createdAt: UtcTime.meta({ description: 'When it was first sent.' }),
  updatedAt: UtcTime.meta({ description: 'When it last changed.' }),
});

export const Indicator = featureOf('Indicator', z.null(), indicatorProperties);
export const IndicatorCollection = collectionOf('IndicatorCollection', Indicator);

const content = z.strictObject({
  country: CountryCode.optional().meta({ description: 'The side that counted: your own.' }),
  entering: entering.default(null),
  day: day
    .refine((text) => readDay(text) !== undefined, issue('day-form'))
    .superRefine((text, ctx) => {
      if (!(Date.parse(text) > Date.now() + AHEAD_MS)) return;
      ctx.addIssue({
        code: 'custom',
        message: issue('time-ahead', { value: text }),
        params: { semantic: true },
      });
    }),
  traffic: traffic.default(null),
  passengers: figures.passengers.default(null),
  vehicles: figures.vehicles.default(null),
  trucks: figures.trucks.default(null),
  medianWaitingMinutes: figures.medianWaitingMinutes.default(null),
  method: Method,
  countedBy: Slug.optional().meta({
    description: 'The agency of your country that counted. Default: your own.',
  }),
  note: freeText(300).nullable().default(null).meta({ description: 'Short; nothing about a person.' }),
});

// Twin: indicator_has_a_figure in migrations/0112_indicators.sql, compared by test/features/indicators.test.ts
const hasFigure = (given: z.output<typeof content>): boolean =>
  Object.keys(figures).some((name) => given[name as keyof typeof figures] !== null);

export const NewIndicator = content
  .refine(hasFigure, { path: ['passengers'], error: issue('figure-missing'), params: { semantic: true } })
  .meta({
    id: 'NewIndicator',
    description: 'What your side of a crossing counted on a day.',
    example: {
      day: '2026-10-31',
      entering: 'TUN',
      traffic: 'passengers',
      passengers: 4210,
      vehicles: 1180,
      medianWaitingMinutes: 35,
      method: 'register',
    },
  });
export type NewIndicator = z.output<typeof NewIndicator>;

/** A line of an import names its crossing. */
export const IndicatorLine = content
  .extend({ crossing: CrossingId })
  .refine(hasFigure, { path: ['passengers'], error: issue('figure-missing'), params: { semantic: true } });
export type IndicatorLine = z.output<typeof IndicatorLine>;

export const indicatorFilters = {
  crossing: CrossingId.optional().meta({
    description: 'Only indicators of this crossing.',
    example: 'ras-ajdir',
  }),
  country: CountryCode.optional().meta({ description: 'Only counts of this side.', example: 'TUN' }),
  entering: CountryCode.optional().meta({
    description: 'Only traffic that entered this country.',
    example: 'TUN',
  }),
  traffic: anyOf(TRAFFIC_CLASSES, 'Any of these classes of traffic.'),
  method: anyOf(METHODS, 'Counted in any of these ways.'),
  datetime: DatetimeInterval.optional(),
};
export const IndicatorQuery = z.strictObject({ ...indicatorFilters, ...paging });
export type IndicatorQuery = z.output<typeof IndicatorQuery>;
