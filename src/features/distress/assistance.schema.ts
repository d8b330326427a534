import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { Counts, PastInstant } from '../incidents/incident.schema.ts';
import { UtcTime } from '../vocabulary.schema.ts';

export const ASSISTANCE_STATES = ['under_way', 'given'] as const;
const State = z.enum(ASSISTANCE_STATES).meta({ description: 'Whether help is on its way or was given.' });
export const OUTCOMES = [
  'rescued',
  'assisted',
  'recovered',
  'handed_over',
  'not_found',
  'false_alarm',
] as const;
const Outcome = z.enum(OUTCOMES).meta({ id: 'Outcome', description: 'Outcome for the people in need.' });

export const Assistance = z
  .strictObject({
    agency: z.string().meta({ description: 'The agency that assists.' }),
    state: State,
    outcome: Outcome.nullable(),
    counts: Counts.nullable(),
    at: UtcTime.meta({ description: 'When it was so.' }),
  })
  .meta({ id: 'Assistance', description: 'What an agency does for people in distress.' });

export const NewAssistance = z
  .strictObject({
    state: State,
    outcome: Outcome.optional().meta({ description: 'Needed if the state is given, refused otherwise.' }),
    counts: Counts.optional(),
    at: PastInstant.optional().meta({ description: 'Time of the observation; default: now.' }),
  })
  // Twin: given_assistance_has_an_outcome in migrations/0008_distress.sql, compared by test/database/twins.test.ts
  .superRefine(({ state, outcome }, ctx) => {
    if ((state === 'given') === (outcome !== undefined)) return;
    const message =
      state === 'given' ? issue('outcome-needed', { outcomes: OUTCOMES }) : issue('outcome-too-early');
    ctx.addIssue({ code: 'custom', path: ['outcome'], message, params: { semantic: true } });
  })
  .meta({
    id: 'NewAssistance',
    description: 'What your agency does for people in distress.',
    example: { state: 'given', outcome: 'rescued', counts: { best: 12 } },
  });
export type NewAssistance = z.output<typeof NewAssistance>;
