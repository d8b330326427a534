import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { preconditionOf } from '../../core/precondition.ts';
import { createdReply, versionedReply } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply } from '../../http/paging.ts';
import { JsonText, noContent } from '../../http/reply.ts';
import type { PreviewStore } from './preview.store.ts';
import { Zone, ZoneCollection, ZoneId, ZonePreview, ZoneQuery } from './zone.answer.ts';
import { emptyShape, mergeChange, permitStep, readNewZone } from './zone.input.ts';
import { rolesFor } from './zone.lifecycle.ts';
import { NewZone, ZoneChange } from './zone.schema.ts';
import type { ZoneStore } from './zone.store.ts';

const GEOJSON = 'application/geo+json';
const OPERATORS = rolesFor('change');
const params = z.strictObject({ zoneId: ZoneId });

export const zoneOperations = (zones: ZoneStore, previews: PreviewStore) => [
  operation({
    id: 'listZones',
    method: 'get',
    path: '/zones',
    tag: 'Zones',
    summary: 'List zones.',
    description:
      'Each zone in its agreed revision; participants of a zone without one get the proposed revision.',
    query: ZoneQuery,
    examples: { query: { kind: 'exercise' } },
    responses: {
      200: { description: 'Rows that the caller may see.', mediaType: GEOJSON, schema: ZoneCollection },
    },
    problems: [400],
    handle: async ({ query, caller, request }) => collectionReply(request, await zones.list(caller, query)),
  }),

  operation({
    id: 'createZone',
    method: 'post',
    path: '/zones',
    tag: 'Zones',
    summary: 'Draft a zone, drawn or derived from a rule.',
    description:
      'A draft is visible to its own country and can change until it is proposed. A derived area is everything within the given geodesic distance, clipped to the chosen side and to the participants.',
    roles: OPERATORS,
    query: z.strictObject({
      propose: z.boolean().default(false).meta({ description: 'Proposes it to the participants at once.' }),
    }),
    body: NewZone,
    responses: { 201: { description: 'The zone.', mediaType: GEOJSON, schema: Zone } },
    problems: [400, 401, 403, 422],
    async handle({ query: { propose }, body, caller }) {
      const id = uuidv7();
      const zone = await zones.create(caller, id, readNewZone(caller, body), propose);
      if (zone === undefined) throw emptyShape();
      return createdReply(`/zones/${id}`, zone);
    },
  }),

  operation({
    id: 'previewZone',
    method: 'post',
    path: '/zones/preview',
    tag: 'Zones',
    summary: 'Preview what a zone would cover.',
    roles: OPERATORS,
    body: NewZone,
    responses: {
      200: { description: 'The area and its content.', mediaType: GEOJSON, schema: ZonePreview },
    },
    problems: [400, 401, 403, 422],
    async handle({ body, caller }) {
      const preview = await previews.preview(caller, readNewZone(caller, body).shape);
      if (preview === undefined) throw emptyShape();
      return { mediaType: GEOJSON, body: new JsonText(preview) };
    },
  }),

  operation({
    id: 'changeZone',
    method: 'patch',
    path: '/zones/{zoneId}',
    tag: 'Zones',
    summary: 'Change a draft, or propose the next revision of a zone.',
    description:
      'A draft changes in place. For any other zone the change proposes a new revision, based on the newest one; it needs the consent of every participant again, and the agreed revision stays in force meanwhile. A change of only `tlp` and `releasableTo` creates no revision and needs no consent.',
    roles: OPERATORS,
    params,
    body: ZoneChange,
    bodyMediaTypes: ['application/merge-patch+json', 'application/json', 'application/geo+json'],
    responses: { 200: { description: 'The draft or the new revision.', mediaType: GEOJSON, schema: Zone } },
    problems: [400, 401, 403, 404, 409, 412, 422],
    async handle({ params: { zoneId }, body, caller, request }) {
      const zone = await zones.change(caller, zoneId, (current) => {
        const change = mergeChange(caller, zoneId, body, current);
        preconditionOf(request)(current!.version);
        return change;
      });
      if (zone === undefined) throw emptyShape();
      return versionedReply(zone);
    },
  }),

  operation({
    id: 'withdrawZone',
    method: 'delete',
    path: '/zones/{zoneId}',
    tag: 'Zones',
    summary: 'Remove a draft, or withdraw a zone.',
    description:
      'A withdrawn zone leaves the list and contains no incidents any more; it stays readable by its id, with its revisions.',
    roles: OPERATORS,
    params,
    responses: { 204: { description: 'The draft is removed, or the zone withdrawn.' } },
    problems: [401, 403, 404, 409, 412],
    async handle({ params: { zoneId }, caller, request }) {
      await zones.remove(caller, zoneId, (current) => {
        const step = permitStep('remove', caller, zoneId, current);
        preconditionOf(request)(current!.version);
        return step;
      });
      return noContent();
    },
  }),

  operation({
    id: 'proposeZone',
    method: 'post',
    path: '/zones/{zoneId}/proposal',
    tag: 'Zones',
    summary: 'Propose a draft to its participants.',
    description:
      'Also proposes a suspended zone again, as a new revision. It takes effect when a coordinator of every participating country has approved it, and not before its `validFrom`.',
    roles: rolesFor('propose'),
    params,
    responses: { 200: { description: 'The proposed revision.', mediaType: GEOJSON, schema: Zone } },
    problems: [400, 401, 403, 404, 409, 412],
    async handle({ params: { zoneId }, caller, request }) {
      const zone = await zones.propose(caller, zoneId, (current) => {
        const step = permitStep('propose', caller, zoneId, current);
        preconditionOf(request)(current!.version);
        return step;
      });
      return versionedReply(zone);
    },
  }),
];
