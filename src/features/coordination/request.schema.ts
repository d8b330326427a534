import { z } from 'zod';
import { Links } from '../../geometry/feature.schema.ts';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import { IncidentId } from '../incidents/incident.schema.ts';
import { anyOf, UtcTime } from '../vocabulary.schema.ts';

export const NEEDS = [
  'technical',
  'logistic',
  'vehicles',
  'aircraft',
  'drones',
  'sensors',
  'communications',
  'medical',
  'fuel',
  'water_food',
  'shelter',
  'interpreters',
  'search_teams',
  'mine_clearance',
] as const;
export const REQUEST_STATES = ['open', 'accepted', 'declined', 'fulfilled', 'withdrawn'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

const LONGEST_TEXT = 1000;

export const RequestId = z.uuid().meta({ description: 'Identifier of a request.' });
const Kind = z.enum(['information', 'support']);
const Need = z.enum(NEEDS).meta({ id: 'Need', description: 'What is asked for.' });
const State = z.enum(REQUEST_STATES).meta({ id: 'RequestState', description: 'What became of it.' });

export const NewRequest = z
  .strictObject({
    kind: Kind,
    needs: z.array(Need).max(NEEDS.length).default([]),
    to: z.array(z.string().min(1).max(80)).min(1).max(20).meta({ description: 'Agencies and countries.' }),
    dueAt: DateOrInstant,
    text: freeText(LONGEST_TEXT).refine((text) => text.length > 0, { error: 'must say what is asked for' }),
  })
  .superRefine(({ kind, needs, dueAt }, ctx) => {
    const refuse = (path: string, message: string) =>
      ctx.addIssue({ code: 'custom', path: [path], message, params: { semantic: true } });
    if (kind === 'support' && needs.length === 0) refuse('needs', 'must name what is needed');
    if (Date.parse(dueAt) <= Date.now()) refuse('dueAt', `${dueAt} is over`);
  })
  .meta({
    id: 'NewRequest',
    example: {
      kind: 'support',
      needs: ['drones'],
      to: ['DZA', 'tun-protection-civile'],
      dueAt: '2099-11-01T12:00:00Z',
      text: 'One drone with a thermal camera for the night.',
    },
  });
export type NewRequest = z.output<typeof NewRequest>;

export const RequestChange = z.strictObject({ state: State, answer: freeText(LONGEST_TEXT).optional() });
export type RequestChange = z.output<typeof RequestChange>;

export const SupportRequest = z
  .strictObject({
    id: RequestId,
    incident: IncidentId,
    agency: z.string(),
    kind: Kind,
    needs: z.array(Need),
    to: z.array(z.string()),
    dueAt: UtcTime,
    overdue: z.boolean(),
    text: z.string(),
    state: State,
    answer: z.string().nullable(),
    answeredBy: z.string().nullable(),
    createdAt: UtcTime,
    updatedAt: UtcTime,
  })
  .meta({ id: 'Request' });

export const RequestList = z.strictObject({ requests: z.array(SupportRequest), links: Links });

const end = (description: string) =>
  z.string().max(80).optional().meta({ description, example: 'tun-protection-civile' });

export const RequestQuery = z.strictObject({
  state: anyOf(REQUEST_STATES, 'Any of these states.'),
  overdue: z.boolean().optional().meta({ description: 'Open or accepted, and past `dueAt`.', example: true }),
  to: end('Agency or country that it is addressed to.'),
  from: end('Agency or country that asks.'),
  incident: IncidentId.optional(),
  ...paging,
});
export type RequestQuery = z.output<typeof RequestQuery>;
