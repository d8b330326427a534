import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Caller } from '../../core/caller.ts';
import { type Code, message, type Values } from '../../core/catalogue.ts';
import { preconditionOf, type Versioned } from '../../core/precondition.ts';
import { type FieldFault, forbidden, inBody, invalidInput, notFound, Problem } from '../../core/problem.ts';
import { createdReply, versionedReply } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { listReply } from '../../http/paging.ts';
import {
  backwardsPeriod,
  Mandate,
  MandateChange,
  MandateId,
  MandateList,
  MandateQuery,
  NewMandate,
  targetOf,
} from './mandate.schema.ts';
import type { MandateCountries, MandateResult, MandateStore, StoredMandate } from './mandate.store.ts';

export const mandateOperations = (mandates: MandateStore) => [
  operation({
    id: 'listMandates',
    method: 'get',
    path: '/mandates',
    tag: 'Agencies',
    summary: 'List mandates: who is responsible for what, where and when.',
    description: 'A mandate gives an agency a function at a place for a period.',
    query: MandateQuery,
    examples: { query: { country: 'TUN', function: 'search_rescue', limit: 10 } },
    responses: { 200: { description: 'Mandates by identifier.', schema: MandateList } },
    problems: [400],
    handle: async ({ query, caller, request }) =>
      listReply(request, 'mandates', await mandates.list(caller, query)),
  }),

  operation({
    id: 'getMandate',
    method: 'get',
    path: '/mandates/{mandateId}',
    tag: 'Agencies',
    summary: 'Read one mandate.',
    description: 'With its function, place, period and source.',
    params: z.strictObject({ mandateId: MandateId }),
    responses: { 200: { description: 'The mandate.', schema: Mandate } },
    problems: [400, 404],
    async handle({ params: { mandateId }, caller }) {
      const mandate = await mandates.find(caller, mandateId);
      if (mandate === undefined) throw notFound('mandate', mandateId);
      return versionedReply(mandate, 'application/json');
    },
  }),

  operation({
    id: 'createMandate',
    method: 'post',
    path: '/mandates',
    tag: 'Agencies',
    summary: 'Create a mandate for an agency of your country.',
    description:
      "The place must be your country's own side: its land border, a border, segment or crossing that it touches, or a zone that it takes part in.",
    roles: ['admin'],
    body: NewMandate,
    responses: { 201: { description: 'The mandate.', schema: Mandate } },
    problems: [400, 401, 403, 409, 422],
    async handle({ body, caller }) {
      const id = `m-${uuidv7()}`;
      const written = await mandates.create(caller, id, body, (ends) => permit(caller, body, ends));
      return createdReply(`/mandates/${id}`, mandateOf(written), 'application/json');
    },
  }),

  operation({
    id: 'changeMandate',
    method: 'patch',
    path: '/mandates/{mandateId}',
    tag: 'Agencies',
    summary: 'Change a mandate of an agency of your country.',
    description:
      'JSON Merge Patch (RFC 7396). Agency and scope cannot change: end the mandate and create another one.',
    roles: ['admin'],
    params: z.strictObject({ mandateId: MandateId }),
    body: MandateChange,
    bodyMediaTypes: ['application/merge-patch+json', 'application/json'],
    responses: { 200: { description: 'The changed mandate.', schema: Mandate } },
    problems: [400, 401, 403, 404, 409, 412, 422],
    async handle({ params: { mandateId }, body, caller, request }) {
      const written = await mandates.change(caller, mandateId, (current) => {
        const next = merge(caller, mandateId, body, current);
        preconditionOf(request)(current!.version);
        return next;
      });
      return versionedReply(mandateOf(written), 'application/json');
    },
  }),
];

function mandateOf(written: MandateResult): Versioned {
  if ('mandate' in written) return written.mandate;
  throw new Problem({
    status: 409,
    slug: 'mandate-overlaps',
    says: message('mandate-overlaps', { mandate: written.overlaps }),
    extra: { mandate: written.overlaps },
  });
}

function permit(
  caller: Caller,
  { agency, scope }: NewMandate,
  { agencyCountry, placeCountries }: MandateCountries,
): void {
  const { name, noun, id = '' } = targetOf(scope);
  if (agencyCountry === null) throw missing(inBody('agency', 'no-such', { noun: 'agency', id: agency }));
  refuseOthers(caller, agency, agencyCountry);
  const { country: given } = scope;
  if (given && given !== agencyCountry)
    throw refuse('scope.country', 'scope-of-other-country', { given, agency, country: agencyCountry });
  if (placeCountries === null) throw missing(inBody(`scope.${name}`, 'no-such', { noun, id }));
  if (!placeCountries.includes(agencyCountry))
    throw refuse(`scope.${name}`, 'scope-elsewhere', {
      id,
      countries: placeCountries,
      country: agencyCountry,
    });
}

function merge(
  caller: Caller,
  id: string,
  change: MandateChange,
  current: StoredMandate | undefined,
): StoredMandate {
  if (!current) throw notFound('mandate', id);
  refuseOthers(caller, current.agency, current.country);
  const next = { ...current, ...change } as StoredMandate;
  const backwards = backwardsPeriod(next);
  if (backwards) throw refuse(change.validTo ? 'validTo' : 'validFrom', 'period-backwards', backwards);
  return next;
}

function refuseOthers({ country: yours }: Caller, agency: string, country: string): void {
  if (country !== yours) throw forbidden('mandate-of-other-country', { agency, country, yours });
}

const refuse = <C extends Code>(path: string, code: C, ...values: Values<C>) =>
  invalidInput([inBody(path, code, ...values)], 422, 'unprocessable');

const missing = (fault: FieldFault) => invalidInput([fault], 422, 'reference-missing');
