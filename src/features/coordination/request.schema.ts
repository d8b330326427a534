import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { Links } from '../../geometry/feature.schema.ts';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { PointGeometry } from '../../geometry/point.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import { SegmentId } from '../borders/border.schema.ts';
import { CrossingId } from '../crossings/crossing.schema.ts';
import { IncidentId } from '../incidents/incident.schema.ts';
import { anyOf, UtcTime } from '../vocabulary.schema.ts';
import { ZoneId } from '../zones/zone.answer.ts';

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
export const REQUEST_KINDS = ['information', 'support'] as const;
const Kind = z.enum(REQUEST_KINDS).meta({ description: 'Requested help.' });
const Need = z.enum(NEEDS).meta({ id: 'Need', description: 'A kind of support.' });
const State = z.enum(REQUEST_STATES).meta({ id: 'RequestState', description: 'State of the request.' });

const content = {
  kind: Kind,
  needs: z
    .array(Need)
    .max(NEEDS.length)
    .default([])
    .meta({ description: 'Support needed; at least one if `kind` is support.' }),
  to: z.array(z.string().min(1).max(80)).min(1).max(20).meta({ description: 'Agencies and countries.' }),
  dueAt: DateOrInstant.meta({ description: 'When the answer is needed; in the future.' }),
  text: freeText(LONGEST_TEXT)
    .refine((text) => text.length > 0, { error: issue('request-text-missing') })
    .meta({ description: 'The request in words; nothing about a person.' }),
};

interface Terms {
  kind: (typeof REQUEST_KINDS)[number];
  needs: readonly string[];
  dueAt: string;
}

function checkTerms({ kind, needs, dueAt }: Terms, ctx: z.RefinementCtx): void {
  const refuse = (path: string, message: string) =>
    ctx.addIssue({ code: 'custom', path: [path], message, params: { semantic: true } });
  if (kind === 'support' && needs.length === 0) refuse('needs', issue('needs-missing'));
  if (Date.parse(dueAt) <= Date.now()) refuse('dueAt', issue('due-past', { value: dueAt }));
}

const example = {
  kind: 'support',
  needs: ['drones'],
  to: ['DZA', 'tun-protection-civile'],
  dueAt: '2099-11-01T12:00:00Z',
  text: 'One drone with a thermal camera for the night.',
};

export const NewRequest = z.strictObject(content).superRefine(checkTerms).meta({
  id: 'NewRequest',
  description: 'A request of your agency to agencies and countries, about what the path names.',
  example,
});
export type NewRequest = z.output<typeof NewRequest>;

export const NewPlaceRequest = z
  .strictObject({ place: PointGeometry.meta({ description: 'Where help is needed.' }), ...content })
  .superRefine(checkTerms)
  .meta({
    id: 'NewPlaceRequest',
    description: 'A request of your agency to agencies and countries, about a place.',
    example: { place: { type: 'Point', coordinates: [8.5, 33.9] }, ...example },
  });

export const RequestChange = z
  .strictObject({
    state: State,
    answer: freeText(LONGEST_TEXT).optional().meta({ description: 'The answer in words.' }),
  })
  .meta({
    id: 'RequestChange',
    description: 'A new state: those asked accept, decline or fulfil; the asking agency withdraws.',
    example: { state: 'accepted', answer: 'The drone is on its way.' },
  });
export type RequestChange = z.output<typeof RequestChange>;

export const SupportRequest = z
  .strictObject({
    id: RequestId,
    incident: IncidentId.nullable(),
    zone: ZoneId.nullable(),
    segment: SegmentId.nullable(),
    crossing: CrossingId.nullable(),
    place: PointGeometry.nullable().meta({ description: 'Where, of a request about nothing but a place.' }),
    agency: z.string().meta({ description: 'The agency that asks.' }),
    kind: Kind,
    needs: z.array(Need).meta({ description: 'Support needed.' }),
    to: z.array(z.string()).meta({ description: 'Agencies and countries asked.' }),
    dueAt: UtcTime.meta({ description: 'When the answer is needed.' }),
    overdue: z.boolean().meta({ description: 'Only open or accepted requests past `dueAt`.' }),
    text: z.string().meta({ description: 'The request in words.' }),
    state: State,
    answer: z.string().nullable().meta({ description: 'The answer in words.' }),
    answeredBy: z.string().nullable().meta({ description: 'The agency that answered last.' }),
    createdAt: UtcTime.meta({ description: 'When it was made.' }),
    updatedAt: UtcTime.meta({ description: 'When it last changed.' }),
  })
  .meta({
    id: 'Request',
    description:
      'A request for information or support. One of `incident`, `zone`, `segment`, `crossing` and `place` says what it is about; the others are null.',
  });

export const RequestList = z
  .strictObject({
    requests: z.array(SupportRequest).meta({ description: 'Earliest `dueAt` first.' }),
    links: Links,
  })
  .meta({ id: 'RequestList', description: 'One page of requests.' });

const end = (description: string) =>
  z.string().max(80).optional().meta({ description, example: 'tun-protection-civile' });

export const RequestQuery = z.strictObject({
  state: anyOf(REQUEST_STATES, 'Any of these states.'),
  overdue: z
    .boolean()
    .optional()
    .meta({ description: 'Only open or accepted requests past `dueAt`.', example: true }),
  to: end('Agency or country that receives the request.'),
  from: end('Agency or country that sends the request.'),
  incident: IncidentId.optional(),
  zone: ZoneId.optional(),
  segment: SegmentId.optional(),
  crossing: CrossingId.optional(),
  ...paging,
});
export type RequestQuery = z.output<typeof RequestQuery>;
