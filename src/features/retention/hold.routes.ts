import { z } from 'zod';
import type { Caller, Role } from '../../core/caller.ts';
import { issue } from '../../core/catalogue.ts';
import { forbidden, notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { created, JsonText, noContent } from '../../http/reply.ts';
import { freeText } from '../../screening/personal-data.ts';
import { IncidentId } from '../incidents/incident.schema.ts';
import { CountryCode, UtcTime } from '../vocabulary.schema.ts';
import type { HoldStore } from './hold.store.ts';

const HOLDERS: readonly Role[] = ['coordinator', 'admin'];

const LegalHold = z
  .strictObject({
    incident: IncidentId,
    country: CountryCode.meta({ description: 'The owner country of the incident.' }),
    agency: z.string().meta({ description: 'The agency that placed the hold.' }),
    reason: z.string().meta({ description: 'Why it is kept.' }),
    placedAt: UtcTime,
  })
  .meta({ id: 'LegalHold', description: 'Exempts an incident from retention.' });

const NewHold = z
  .strictObject({
    reason: freeText(300)
      .refine((text) => text.length > 0, { error: issue('hold-reason-missing') })
      .meta({ description: 'Why; nothing about a person.' }),
  })
  .meta({
    id: 'NewLegalHold',
    description: 'Reason to keep an incident.',
    example: { reason: 'Court order of 3 November 2026' },
  });

const params = z.strictObject({ incidentId: IncidentId });
const path = '/incidents/{incidentId}/legal-hold';
const tag = 'Incidents';
const problems = [400, 401, 403, 404];

export const holdOperations = (holds: HoldStore) => [
  operation({
    id: 'getLegalHold',
    method: 'get',
    path,
    tag,
    summary: 'Read the legal hold of an incident.',
    description: 'Visible only to the owner country of the incident.',
    roles: ['reader', 'reporter', 'operator', 'coordinator', 'auditor', 'admin'],
    params,
    responses: { 200: { description: 'The hold.', schema: LegalHold } },
    problems,
    async handle({ params: { incidentId }, caller }) {
      const hold = await holds.find(caller, incidentId);
      if (hold === undefined) throw notFound('legal-hold', incidentId);
      return { body: new JsonText(hold) };
    },
  }),

  operation({
    id: 'placeLegalHold',
    method: 'put',
    path,
    tag,
    summary: 'Place a legal hold on an incident.',
    description:
      'For coordinators and admins of its owner country. No purge deletes the incident until the hold is lifted.',
    roles: HOLDERS,
    params,
    body: NewHold,
    responses: {
      200: { description: 'Was held already; the reason is changed.', schema: LegalHold },
      201: { description: 'The hold is placed.', schema: LegalHold },
    },
    problems: [...problems, 422],
    async handle({ params: { incidentId }, body, caller }) {
      const permit = (owner: string | undefined) => permitHold(caller, incidentId, owner);
      const { isNew, hold } = await holds.place(caller, incidentId, body.reason, permit);
      const text = new JsonText(hold);
      return isNew ? created(`/incidents/${incidentId}/legal-hold`, text) : { body: text };
    },
  }),

  operation({
    id: 'liftLegalHold',
    method: 'delete',
    path,
    tag,
    summary: 'Lift the legal hold of an incident.',
    description: 'For coordinators and admins of its owner country.',
    roles: HOLDERS,
    params,
    responses: { 204: { description: 'The hold is lifted.' } },
    problems,
    async handle({ params: { incidentId }, caller }) {
      const wasHeld = await holds.lift(caller, incidentId, (owner) => permitHold(caller, incidentId, owner));
      if (!wasHeld) throw notFound('legal-hold', incidentId);
      return noContent();
    },
  }),
];

function permitHold(caller: Caller, incidentId: string, owner: string | undefined): void {
  if (owner === undefined) throw notFound('incident', incidentId);
  if (owner !== caller.country) throw forbidden('hold-not-yours', { owner });
}
