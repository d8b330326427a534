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
const Kind = z.enum(RESPONSE_KINDS).meta({ id: 'ResponseKind', description: 'What is done.' });
const State = z.enum(RESPONSE_STATES);

export const NewResponse = z
  .strictObject({ kind: Kind, state: State.default('planned'), text: freeText(300).optional() })
  .meta({ id: 'NewResponse', example: { kind: 'rescue', state: 'in_progress' } });
export type NewResponse = z.output<typeof NewResponse>;

export const ResponseChange = z.strictObject({ state: State });

export const Response = z
  .strictObject({
    id: ResponseId,
    agency: z.string(),
    kind: Kind,
    state: State,
    text: z.string().nullable(),
    createdAt: UtcTime,
    updatedAt: UtcTime,
  })
  .meta({ id: 'Response' });

export const ResponseList = z.strictObject({ responses: z.array(Response), links: Links });
