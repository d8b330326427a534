import { z } from 'zod';
import type { Caller } from '../../core/caller.ts';
import { preconditionOf } from '../../core/precondition.ts';
import { forbidden, inBody, invalidInput } from '../../core/problem.ts';
import { createdReply, readFeature, versionedReply } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply } from '../../http/paging.ts';
import { Agency, AgencyCollection, AgencyContent, AgencyId, AgencyQuery } from './agency.schema.ts';
import type { AgencyStore } from './agency.store.ts';

const GEOJSON = 'application/geo+json';

export const agencyOperations = (agencies: AgencyStore) => [
  operation({
    id: 'listAgencies',
    method: 'get',
    path: '/agencies',
    tag: 'Agencies',
    summary: 'List the agencies.',
    description: 'Bodies of the three countries that act at the borders, without their mandates.',
    query: AgencyQuery,
    examples: { query: { country: 'TUN', function: 'search_rescue', limit: 10 } },
    responses: {
      200: { description: 'Agencies by identifier.', mediaType: GEOJSON, schema: AgencyCollection },
    },
    problems: [400],
    handle: async ({ query, caller, request }) =>
      collectionReply(request, await agencies.list(caller, query)),
  }),

  operation({
    id: 'getAgency',
    method: 'get',
    path: '/agencies/{agencyId}',
    tag: 'Agencies',
    summary: 'Read one agency with its mandates.',
    description: 'Contacts are duty desks, never persons.',
    params: z.strictObject({ agencyId: AgencyId }),
    responses: { 200: { description: 'The agency.', mediaType: GEOJSON, schema: Agency } },
    problems: [400, 404],
    handle: async ({ params, caller }) =>
      readFeature('agency', params.agencyId, await agencies.find(caller, params.agencyId)),
  }),

  operation({
    id: 'putAgency',
    method: 'put',
    path: '/agencies/{agencyId}',
    tag: 'Agencies',
    summary: 'Create or replace an agency of your country.',
    description:
      'Accepts the answer of GET. Repeating the same content changes nothing. The contact is a duty desk of the institution, never a person.',
    roles: ['admin'],
    params: z.strictObject({ agencyId: AgencyId }),
    body: AgencyContent,
    examples: { params: { agencyId: 'tun-exercise-desk' } },
    responses: {
      200: { description: 'Replaced.', mediaType: GEOJSON, schema: Agency },
      201: { description: 'Created.', mediaType: GEOJSON, schema: Agency },
    },
    problems: [400, 401, 403, 412, 422],
    async handle({ params: { agencyId }, body: { id, properties }, caller, request }) {
      if (id && id !== agencyId) throw invalidInput([inBody('id', 'id-of-other-path', { id })]);
      const { country: yours } = caller;
      if (properties.country !== yours)
        throw forbidden('agency-for-other-country', { country: properties.country, yours });
      const agency = await agencies.put(caller, { ...properties, id: agencyId }, (current) => {
        if (current) refuseOthers(caller, agencyId, current.country);
        preconditionOf(request)(current?.version);
      });
      refuseOthers(caller, agencyId, agency.country);
      return agency.isNew ? createdReply(`/agencies/${agencyId}`, agency) : versionedReply(agency);
    },
  }),
];

function refuseOthers({ country: yours }: Caller, agency: string, country: string): void {
  if (country !== yours) throw forbidden('agency-of-other-country', { agency, country, yours });
}
