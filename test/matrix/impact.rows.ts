import { ROLES } from '../../src/core/caller.ts';
import { maySee } from '../support/audience.oracle.ts';
import type { NamedCaller } from '../support/callers.ts';
import { ASSESSED, type Thing } from '../support/label.world.ts';
import { NOWHERE } from './questions.ts';
import type { MatrixWorld, ReadRow, WriteRow } from './row.ts';

/** A fixed moment: without one an answer names that of the question. */
const SOON = new Date(Date.now() + 3_600_000).toISOString();

/** Things with an assessment: RED has none. */
const assessed = (things: readonly Thing[]) => things.filter(({ assessment }) => assessment !== undefined);
const reacts = (caller: NamedCaller, { owner }: Thing) => caller.country === owner;
const idOf = ({ id }: { id: string }) => id;

export function impactReads({ things }: MatrixWorld): Record<string, ReadRow> {
  const all = assessed(things);
  const ours = new Set(all.map(({ assessment }) => assessment));
  const seenBy = (caller: NamedCaller) => all.filter((thing) => maySee(caller, thing));
  return {
    getSegmentImpact: {
      readings: [
        {
          path: `/segments/${ASSESSED.DZA}/impact?at=${SOON}`,
          tells: ({ level, sides }) => [level, sides[0].assessment?.rationale],
          // the newest that the caller sees is the level of the side
          sees: (caller) => [seenBy(caller).length > 0 ? 'medium' : null, seenBy(caller).at(-1)?.word],
        },
      ],
    },
    listImpactItems: {
      readings: [
        {
          path: `/collections/impact/items?limit=1000&border=${ASSESSED.DZA.slice(0, 7)}&level=low,medium,high`,
          tells: ({ features }) => features.map(idOf),
          sees: (caller) => (seenBy(caller).length > 0 ? [ASSESSED.DZA] : []),
        },
      ],
    },
    getImpactItem: {
      readings: [
        {
          path: `/collections/impact/items/${ASSESSED.DZA}`,
          tells: ({ properties }) => properties.levelDza,
          sees: (caller) => (seenBy(caller).length > 0 ? 'medium' : null),
        },
      ],
    },
    listAssessments: {
      readings: [
        {
          path: `/assessments?limit=1000&segment=${ASSESSED.DZA}`,
          tells: ({ assessments }) => assessments.map(idOf).sort(),
          sees: (caller) =>
            seenBy(caller)
              .map(({ assessment }) => assessment)
              .sort(),
        },
      ],
    },
    getAssessment: {
      readings: all.map((thing) => ({
        path: `/assessments/${thing.assessment}`,
        missing: `/assessments/${NOWHERE.incident}`,
        tells: ({ rationale }) => rationale,
        sees: (caller) => (maySee(caller, thing) ? thing.word : undefined),
      })),
    },
    listReactions: {
      roles: ROLES,
      readings: [
        {
          path: '/reactions?limit=1000&state=open',
          tells: ({ reactions }) => [
            ...new Set(
              reactions
                .map(({ assessment }: { assessment: string }) => assessment)
                .filter((id: string) => ours.has(id)),
            ),
          ],
          sees: (caller) => (reacts(caller, all[0]!) ? [all.at(-1)!.assessment] : []),
        },
      ],
    },
    listReactionRules: { open: ['/reactions/rules'] },
  };
}

export function impactWrites({ things }: MatrixWorld): Record<string, WriteRow> {
  const all = assessed(things);
  return {
    addAssessment: {
      roles: ['operator', 'coordinator'],
      writings: [
        {
          path: `/segments/${ASSESSED.DZA}/impact`,
          method: 'post',
          body: () => ({
            level: 'low',
            aspects: ['crossBorderCrime'],
            rationale: 'Quiet weeks.',
            reviewDueAt: '2099-01-01T00:00:00Z',
          }),
          status: ({ country }) => (country === 'LBY' ? 403 : 201),
        },
      ],
    },
    decideAssessment: {
      roles: ['coordinator'],
      writings: all.map((thing) => ({
        path: `/assessments/${thing.assessment}/decision`,
        missing: `/assessments/${NOWHERE.incident}/decision`,
        method: 'post',
        body: () => ({ decision: 'assess' }),
        status: (caller) => {
          if (!maySee(caller, thing)) return 404;
          return reacts(caller, thing) ? 409 : 403;
        },
      })),
    },
    completeReaction: {
      roles: ['reporter', 'operator', 'coordinator'],
      writings: all.map((thing) => ({
        path: `/reactions/${thing.reaction}/completion`,
        missing: `/reactions/${NOWHERE.incident}/completion`,
        method: 'post',
        body: () => ({}),
        status: (caller) => {
          if (!reacts(caller, thing)) return 404;
          // a newer assessment cancelled the others
          return thing === all.at(-1) ? 200 : 409;
        },
      })),
    },
  };
}
