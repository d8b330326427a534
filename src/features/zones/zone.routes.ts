import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Role } from '../../access/caller.ts';
import { readFeature } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply } from '../../http/paging.ts';
import { created, JsonText, noContent } from '../../http/reply.ts';
import type { PreviewStore } from './preview.store.ts';
import { Zone, ZoneCollection, ZoneId, ZonePreview, ZoneQuery } from './zone.answer.ts';
import { emptyShape, mergeChange, permitChange, readNewZone } from './zone.input.ts';
import { NewZone, ZoneChange } from './zone.schema.ts';
import type { ZoneStore } from './zone.store.ts';

const GEOJSON = 'application/geo+json';
const OPERATORS: readonly Role[] = ['operator'];
const params = z.strictObject({ zoneId: ZoneId });

export const zoneOperations = (zones: ZoneStore, previews: PreviewStore) => [
  operation({
    id: 'listZones',
    method: 'get',
    path: '/zones',
    tag: 'Zones',
    summary: 'List zones.',
    query: ZoneQuery,
    examples: { query: { kind: 'exercise' } },
    responses: {
      200: { description: 'What the caller may see.', mediaType: GEOJSON, schema: ZoneCollection },
    },
    problems: [400],
    handle: async ({ query, caller, request }) => collectionReply(request, await zones.list(caller, query)),
  }),

  operation({
    id: 'getZone',
    method: 'get',
    path: '/zones/{zoneId}',
    tag: 'Zones',
    summary: 'Read one zone.',
    params,
    responses: {
      200: { description: 'The zone in its current revision.', mediaType: GEOJSON, schema: Zone },
    },
    problems: [400, 404],
    handle: async ({ params: { zoneId }, caller }) =>
      readFeature('zone', zoneId, await zones.find(caller, zoneId)),
  }),

  operation({
    id: 'createZone',
    method: 'post',
    path: '/zones',
    tag: 'Zones',
    summary: 'Make a zone, drawn or derived from a rule.',
    description:
      'A derived area is everything within the given geodesic distance, clipped to the chosen side and to the participants.',
    roles: OPERATORS,
    body: NewZone,
    responses: { 201: { description: 'The zone.', mediaType: GEOJSON, schema: Zone } },
    problems: [400, 401, 403, 413, 422],
    async handle({ body, caller }) {
      const { content, shape } = readNewZone(caller, body);
      const id = uuidv7();
      const feature = await zones.create(caller, id, content, shape);
      if (feature === undefined) throw emptyShape();
      return created(`/v1/zones/${id}`, new JsonText(feature), GEOJSON);
    },
  }),

  operation({
    id: 'previewZone',
    method: 'post',
    path: '/zones/preview',
    tag: 'Zones',
    summary: 'See what a zone would cover, without storing it.',
    roles: OPERATORS,
    body: NewZone,
    responses: {
      200: { description: 'Its area and what lies in it.', mediaType: GEOJSON, schema: ZonePreview },
    },
    problems: [400, 401, 403, 413, 422],
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
    summary: 'Change a zone: makes a new revision.',
    roles: OPERATORS,
    params,
    body: ZoneChange,
    bodyMediaTypes: ['application/merge-patch+json', 'application/json', 'application/geo+json'],
    responses: { 200: { description: 'The new revision.', mediaType: GEOJSON, schema: Zone } },
    problems: [400, 401, 403, 404, 409, 413, 422],
    async handle({ params: { zoneId }, body, caller }) {
      const feature = await zones.change(caller, zoneId, (current) =>
        mergeChange(caller, zoneId, body, current),
      );
      if (feature === undefined) throw emptyShape();
      return { mediaType: GEOJSON, body: new JsonText(feature) };
    },
  }),

  operation({
    id: 'withdrawZone',
    method: 'delete',
    path: '/zones/{zoneId}',
    tag: 'Zones',
    summary: 'Withdraw a zone.',
    description:
      'It leaves the list and holds no incidents any more; it stays readable by its id, with its revisions.',
    roles: OPERATORS,
    params,
    responses: { 204: { description: 'It is withdrawn.' } },
    problems: [401, 403, 404, 409],
    async handle({ params: { zoneId }, caller }) {
      await zones.withdraw(caller, zoneId, (current) => permitChange(caller, zoneId, current));
      return noContent();
    },
  }),
];
