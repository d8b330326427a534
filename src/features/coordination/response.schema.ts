import { z } from 'zod';
import { Links } from '../../geometry/feature.schema.ts';
import { freeText } from '../../screening/personal-data.ts';
import { UtcTime } from '../vocabulary.schema.ts';

export const RESPONSE_KINDS = [
  'patrol',
  'checkpoint',
  'medical',
  'rescue',
  'fire_response',
  'closure',
  'rerouting',
  'joint_patrol',
  'referral_medical',
  'referral_protection',
] as const;
export const RESPONSE_STATES = ['planned', 'in_progress', 'done'] as const;
export type ResponseState = (typeof RESPONSE_STATES)[number];

export const ResponseId = z.uuid().meta({ description: 'Identifier of a response.' });
export const ResponseKind = z
  .enum(RESPONSE_KINDS)
  .meta({ id: 'ResponseKind', description: 'Kind of action.' });
const State = z.enum(RESPONSE_STATES).meta({ description: 'How far it is.' });

export const NewResponse = z
  .strictObject({
    kind: ResponseKind,
    state: State.default('planned'),
    text: freeText(300).optional().meta({ description: 'Short; nothing about a person.' }),
  })
  .meta({
    id: 'NewResponse',
    description: 'What your agency does about an incident.',
    example: { kind: 'rescue', state: 'in_progress' },
  });
export type NewResponse = z.output<typeof NewResponse>;

export const ResponseChange = z.strictObject({ state: State }).meta({
  id: 'ResponseChange',
  description: 'How far a response is now.',
  example: { state: 'done' },
});

export const Response = z
  .strictObject({
    id: ResponseId,
    agency: z.string().meta({ description: 'The agency that responds.' }),
    kind: ResponseKind,
    state: State,
    text: z.string().nullable().meta({ description: 'A remark.' }),
    createdAt: UtcTime.meta({ description: 'When it was made.' }),
    updatedAt: UtcTime.meta({ description: 'When it last changed.' }),
    states: z
      .array(
        z.strictObject({ state: State, at: UtcTime.meta({ description: 'When it came into this state.' }) }),
      )
      .meta({
        description: 'Each state that it was in, with its time, oldest first. Never changed, only added to.',
      }),
  })
  .meta({ id: 'Response', description: 'What an agency does about an incident.' });

export const ResponseList = z
  .strictObject({ responses: z.array(Response).meta({ description: 'Oldest first.' }), links: Links })
  .meta({ id: 'ResponseList', description: 'Responses to an incident.' });
