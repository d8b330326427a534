import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { Links } from '../../geometry/feature.schema.ts';
import { DateOrInstant, Instant } from '../../geometry/instant.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import { IMPACT_LEVELS, SegmentId } from '../borders/border.schema.ts';
import {
  anyOf,
  CountryCode,
  checkLabel,
  ReleasableTo,
  Released,
  TLP,
  Tlp,
  UtcTime,
} from '../vocabulary.schema.ts';
import { ASPECTS, IMPACT_DECISIONS, IMPACT_STATES, LONGEST_CRITICAL_DAYS } from './impact.lifecycle.ts';

export const AssessmentId = z
  .uuid()
  .meta({ description: 'Identifier of an assessment.', example: '0199e0c4-6d00-7c1e-9f5e-000000000008' });

export const ImpactLevel = z.enum(IMPACT_LEVELS).meta({
  id: 'ImpactLevel',
  description:
    'Regulation (EU) 2019/1896, article 34: the impact of what happens at the segment on its security. `critical` is joint and temporary.',
});
const Aspect = z.enum(ASPECTS).meta({ id: 'ImpactAspect', description: 'What the level is about.' });
const Aspects = z
  .array(Aspect)
  .min(1)
  .transform((aspects) => [...new Set(aspects)]);

/** RED has no place here: a side assesses for its whole country. */
const SIDE_LABELS = TLP.filter((tlp) => tlp !== 'RED') as [string, ...string[]];

export const NewAssessment = z
  .strictObject({
    level: ImpactLevel,
    aspects: Aspects.meta({ description: 'What the level is about; at least one.' }),
    rationale: freeText(2000)
      .refine((text) => text.length > 0, { error: issue('rationale-missing') })
      .meta({ description: 'Why; nothing about a person.' }),
    evidence: z
      .array(freeText(300))
      .max(20)
      .default([])
      .meta({ description: 'What it rests on, in words: figures, reports, visits; nothing about a person.' }),
    reviewDueAt: DateOrInstant.meta({ description: 'When it must be looked at again; in the future.' }),
    validForDays: z
      .int()
      .min(1)
      .max(LONGEST_CRITICAL_DAYS)
      .optional()
      .meta({
        description: `Only for critical: days in force after both sides have agreed. Default: ${LONGEST_CRITICAL_DAYS}.`,
      }),
    tlp: z
      .enum(SIDE_LABELS)
      .optional()
      .meta({ description: 'Default: AMBER+STRICT; for critical AMBER for both sides. Never RED.' }),
    releasableTo: ReleasableTo.optional(),
  })
  .superRefine(({ level, reviewDueAt, validForDays, tlp, releasableTo }, ctx) => {
    const refuse = (path: string, message: string) =>
      ctx.addIssue({ code: 'custom', path: [path], message, params: { semantic: true } });
    if (Date.parse(reviewDueAt) <= Date.now())
      refuse('reviewDueAt', issue('due-past', { value: reviewDueAt }));
    if (level !== 'critical' && validForDays !== undefined) refuse('validForDays', issue('days-of-critical'));
    checkLabel({ tlp: tlp as (typeof TLP)[number] | undefined, ...(releasableTo && { releasableTo }) }, ctx);
  })
  .meta({
    id: 'NewAssessment',
    description: 'A level of impact of a segment, as your side sees it.',
    example: {
      level: 'medium',
      aspects: ['irregularMigration'],
      rationale: 'More groups than in the weeks before, most of them at night.',
      evidence: ['Counts of the patrols, weeks 44 to 47.'],
      reviewDueAt: '2099-01-31T12:00:00Z',
    },
  });
export type NewAssessment = z.output<typeof NewAssessment>;

export const ImpactDecision = z
  .strictObject({
    decision: z.enum(IMPACT_DECISIONS).meta({
      description:
        '`assess`: it becomes the level of your side, or, if critical, is proposed to the other side.',
    }),
    reason: freeText(500).optional().meta({ description: 'Required to decline; nothing about a person.' }),
  })
  .meta({
    id: 'ImpactDecision',
    description: 'The decision of a coordinator about a level that an operator proposed.',
    example: { decision: 'assess' },
  });
export type ImpactDecision = z.output<typeof ImpactDecision>;

const time = (description: string) => UtcTime.nullable().meta({ description });

export const Assessment = z
  .strictObject({
    id: AssessmentId,
    segment: SegmentId,
    country: CountryCode.meta({ description: 'The side that assesses.' }),
    agency: z.string().meta({ description: 'The agency that proposed or assessed it.' }),
    level: ImpactLevel,
    aspects: z.array(Aspect).meta({ description: 'What the level is about.' }),
    rationale: z.string().meta({ description: 'Why.' }),
    evidence: z.array(z.string()).meta({ description: 'What it rests on.' }),
    reviewDueAt: UtcTime.meta({ description: 'When it must be looked at again.' }),
    validForDays: z.int().nullable().meta({ description: 'Of critical: days in force.' }),
    tlp: Tlp,
    releasableTo: Released,
    state: z.enum(IMPACT_STATES).meta({
      id: 'ImpactState',
      description:
        '`proposed`: by an operator, for its own country; `declined`: by a coordinator; `assessed`: it counts, until a newer one does; of critical, `waiting`: for both sides; `ended`: a side refused it or withdrew; `expired`: not agreed in time, or its days are over.',
    }),
    proposal: z
      .uuid()
      .nullable()
      .meta({ description: 'Of critical: the joint proposal that both sides decide about.' }),
    createdAt: UtcTime.meta({ description: 'When it was made.' }),
    assessedAt: time('When a coordinator assessed it.'),
    assessedBy: z.string().nullable().meta({ description: 'The agency of that coordinator.' }),
    declinedAt: time('When a coordinator declined it.'),
    declineReason: z.string().nullable().meta({ description: 'Why it was declined.' }),
    agreedAt: time('Of critical: when both sides had approved it.'),
    validTo: time('Of critical: the end of its days.'),
    endedAt: time('Of critical: when a side refused it or withdrew.'),
    updatedAt: UtcTime.meta({ description: 'When it was last decided about.' }),
  })
  .meta({
    id: 'Assessment',
    description: 'A level of impact of a segment, stated by one side. It never changes.',
  });

export const AssessmentList = z
  .strictObject({
    assessments: z.array(Assessment).meta({ description: 'Newest first.' }),
    links: Links,
  })
  .meta({ id: 'AssessmentList', description: 'One page of assessments.' });

export const SegmentImpact = z
  .strictObject({
    segment: SegmentId,
    at: UtcTime.meta({ description: 'The instant that the answer is about.' }),
    level: ImpactLevel.nullable().meta({
      description: 'The strictest level of those below; null: you see no assessment.',
    }),
    critical: Assessment.nullable().meta({ description: 'The critical level in force.' }),
    sides: z
      .array(
        z.strictObject({
          country: CountryCode,
          level: ImpactLevel.nullable().meta({ description: 'The level of this side; null: you see none.' }),
          reviewOverdue: z.boolean().meta({ description: 'It should have been looked at again.' }),
          assessment: Assessment.nullable().meta({ description: 'The newest assessment that you see.' }),
        }),
      )
      .meta({ description: 'Both sides of the border.' }),
  })
  .meta({ id: 'SegmentImpact', description: 'The level of impact of a segment, from what you may see.' });

export const SegmentImpactQuery = z.strictObject({
  at: Instant.optional().meta({ description: 'The instant; default: now.' }),
});

export const AssessmentQuery = z.strictObject({
  segment: SegmentId.optional().meta({ description: 'Only this segment.' }),
  country: CountryCode.optional().meta({ description: 'Only this side.' }),
  level: anyOf(IMPACT_LEVELS, 'Any of these levels.'),
  state: anyOf(IMPACT_STATES, 'Any of these states.'),
  ...paging,
});
export type AssessmentQuery = z.output<typeof AssessmentQuery>;
