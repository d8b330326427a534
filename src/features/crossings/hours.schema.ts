import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { readDay } from '../../geometry/instant.schema.ts';
import { freeText } from '../../screening/personal-data.ts';
import { DAYS } from './crossing.vocabulary.ts';

const MOST_WEEKLY = 28;
const MOST_EXCEPTIONS = 100;
const MOST_A_DAY = 6;
const YEAR_DAYS = 366;

const DAY_MS = 24 * 3600 * 1000;

const clock = (pattern: RegExp, description: string, example: string) =>
  z.string().regex(pattern, issue('clock-form')).meta({ description, example });

const opens = clock(/^([01]\d|2[0-3]):[0-5]\d$/, 'Local time of the side.', '07:00');
const closes = clock(
  /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/,
  'Local time of the side; at or before `opens`: on the next day.',
  '19:00',
);

const Weekly = z
  .strictObject({
    days: z.array(z.enum(DAYS)).min(1).max(7).meta({ description: 'Days of the week.' }),
    opens,
    closes,
  })
  .meta({ id: 'WeeklyHours', description: 'Hours on some days of the week.' });

const date = z.iso.date().refine((day) => readDay(day) !== undefined);

const Exception = z
  .strictObject({
    from: date.meta({ description: 'First day.', example: '2026-12-25' }),
    to: date.meta({ description: 'Last day, inclusive.', example: '2026-12-26' }),
    open: z
      .array(z.strictObject({ opens, closes }))
      .max(MOST_A_DAY)
      .meta({ description: 'Hours of each of these days; empty: closed.' }),
    reason: freeText(200).optional().meta({ description: 'Short; nothing about a person.' }),
  })
  .superRefine(({ from, to }, ctx) => {
    const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
    if (days < 0) ctx.addIssue({ ...broken(['to']), message: issue('not-after-from', { from }) });
    else if (days >= YEAR_DAYS)
      ctx.addIssue({ ...broken(['to']), message: issue('exception-too-long', { days: YEAR_DAYS }) });
  })
  .meta({ id: 'HoursException', description: 'Days that have other hours than their day of the week.' });

/** Weekly opening hours with exceptions by date. */
export const OpeningHours = z
  .strictObject({
    weekly: z
      .array(Weekly)
      .max(MOST_WEEKLY)
      .meta({ description: 'Open hours of a week; a day that is not named is closed.' }),
    exceptions: z
      .array(Exception)
      .max(MOST_EXCEPTIONS)
      .default([])
      .meta({ description: 'Days with other hours. They do not overlap.' }),
  })
  .superRefine(({ exceptions }, ctx) => {
    const byStart = exceptions.map((one, n) => ({ ...one, n })).sort((a, b) => (a.from < b.from ? -1 : 1));
    for (const [i, { n, from }] of byStart.entries()) {
      const before = byStart[i - 1];
      if (!before || before.to < from) continue;
      ctx.addIssue({ ...broken(['exceptions', n]), message: issue('exceptions-overlap', { from }) });
      return;
    }
  })
  .meta({
    id: 'OpeningHours',
    description: 'Weekly opening hours in the local time of the side, with exceptions by date.',
    example: {
      weekly: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], opens: '07:00', closes: '19:00' }],
      exceptions: [{ from: '2026-12-25', to: '2026-12-26', open: [] }],
    },
  });

const broken = (path: (string | number)[]) => ({ code: 'custom' as const, path, params: { semantic: true } });
