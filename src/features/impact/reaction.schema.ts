import { z } from 'zod';
import { Links } from '../../geometry/feature.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import { IMPACT_LEVELS, SegmentId } from '../borders/border.schema.ts';
import { anyOf, CountryCode, UtcTime } from '../vocabulary.schema.ts';
import { REACTION_STATES } from './impact.lifecycle.ts';
import { AssessmentId, ImpactLevel } from './impact.schema.ts';

export const ReactionId = z
  .uuid()
  .meta({ description: 'Identifier of a reaction.', example: '0199e0c4-6d00-7c1e-9f5e-000000000009' });

const kind = z.string().meta({ description: 'The rule that asks for it.', example: 'control_measures' });
const task = z.string().meta({ description: 'What is to be done.' });

export const Reaction = z
  .strictObject({
    id: ReactionId,
    assessment: AssessmentId.meta({ description: 'The assessment that asks for it.' }),
    segment: SegmentId,
    country: CountryCode.meta({ description: 'The side that does it.' }),
    kind,
    task,
    dueAt: UtcTime.meta({ description: 'When it is due.' }),
    overdue: z.boolean().meta({ description: 'Open and past `dueAt`.' }),
    state: z.enum(REACTION_STATES).meta({
      id: 'ReactionState',
      description: '`cancelled`: another level took its place, or the critical one is over.',
    }),
    doneAt: UtcTime.nullable().meta({ description: 'When it was done.' }),
    doneBy: z.string().nullable().meta({ description: 'The agency that did it.' }),
    note: z.string().nullable().meta({ description: 'What was done, in words.' }),
    updatedAt: UtcTime.meta({ description: 'When it was last changed.' }),
  })
  .meta({ id: 'Reaction', description: 'What a level of impact asks of a side, with its due time.' });

export const ReactionList = z
  .strictObject({
    reactions: z.array(Reaction).meta({ description: 'Earliest `dueAt` first.' }),
    links: Links,
  })
  .meta({ id: 'ReactionList', description: 'One page of reactions.' });

export const ReactionQuery = z.strictObject({
  segment: SegmentId.optional().meta({ description: 'Only this segment.' }),
  country: CountryCode.optional().meta({ description: 'Only this side.' }),
  assessment: AssessmentId.optional().meta({ description: 'Only of this assessment.' }),
  state: anyOf(REACTION_STATES, 'Any of these states.'),
  overdue: z.boolean().optional().meta({ description: 'Only open ones past `dueAt`.', example: true }),
  ...paging,
});
export type ReactionQuery = z.output<typeof ReactionQuery>;

export const Completion = z
  .strictObject({
    note: freeText(500).optional().meta({ description: 'What was done; nothing about a person.' }),
  })
  .meta({
    id: 'Completion',
    description: 'A reaction is done.',
    example: { note: 'Two more patrols each night.' },
  });
export type Completion = z.output<typeof Completion>;

export const ReactionRules = z
  .strictObject({
    rules: z
      .array(
        z.strictObject({
          kind,
          level: ImpactLevel.meta({ description: 'The lowest level that asks for it.' }),
          dueWithinHours: z.number().meta({ description: 'Hours after the level takes effect.' }),
          task,
          source: z
            .string()
            .meta({ description: 'Where the task comes from. The hours are a choice of this service.' }),
        }),
      )
      .meta({ description: `From ${IMPACT_LEVELS[0]} to ${IMPACT_LEVELS.at(-1)}.` }),
  })
  .meta({
    id: 'ReactionRules',
    description: 'What each level asks of a side; a level asks also for what lower ones ask.',
  });
