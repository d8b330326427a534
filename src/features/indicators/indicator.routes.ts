import { PassThrough } from 'node:stream';
import { z } from 'zod';
import { ROLES } from '../../core/caller.ts';
import { Problem } from '../../core/problem.ts';
import { readFeature } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply } from '../../http/paging.ts';
import { created, geojson, JsonText, noContent } from '../../http/reply.ts';
import { CrossingId } from '../crossings/crossing.schema.ts';
import { ImportFault } from '../incidents/import/import.line.ts';
import { ImportResult } from '../incidents/import.schema.ts';
import { REPORTING_ROLES } from '../incidents/incident.roles.ts';
import { INDICATOR_COLUMNS, importIndicators } from './indicator.import.ts';
import { permitIndicator, permitRemoval, sideOfCaller } from './indicator.permission.ts';
import {
  Indicator,
  IndicatorCollection,
  IndicatorId,
  IndicatorQuery,
  NewIndicator,
} from './indicator.schema.ts';
import type { IndicatorStore } from './indicator.store.ts';

const GEOJSON = 'application/geo+json';
const tag = 'Crossings';
const one = { description: 'The indicator.', mediaType: GEOJSON, schema: Indicator };
const params = z.strictObject({ indicatorId: IndicatorId });
const QUIET_MS = 60_000; // idle timeout of an upload

const EXAMPLE = `crossing,day,entering,traffic,passengers,vehicles,trucks,medianWaitingMinutes,method
ras-ajdir,2026-10-31,TUN,passengers,4210,1180,,35,register
`;

export const indicatorOperations = (indicators: IndicatorStore) => [
  operation({
    id: 'listIndicators',
    method: 'get',
    path: '/indicators',
    tag,
    summary: 'List what was counted at crossings, newest day first.',
    description:
      'For agencies of the three countries. A row without `entering` counts both directions together, one without `traffic` all traffic: they are no sums of the others, and the others are no parts of them.',
    roles: ROLES,
    query: IndicatorQuery,
    examples: { query: { crossing: 'ras-ajdir', datetime: '2026-10-01/2026-10-31' } },
    responses: { 200: { description: 'Indicators.', mediaType: GEOJSON, schema: IndicatorCollection } },
    problems: [400, 401],
    handle: async ({ query, caller, request }) =>
      collectionReply(request, await indicators.list(caller, query)),
  }),

  operation({
    id: 'getIndicator',
    method: 'get',
    path: '/indicators/{indicatorId}',
    tag,
    summary: 'Read one indicator.',
    roles: ROLES,
    params,
    responses: { 200: one },
    problems: [400, 401, 404],
    handle: async ({ params: { indicatorId }, caller }) =>
      readFeature('indicator', indicatorId, await indicators.find(caller, indicatorId)),
  }),

  operation({
    id: 'putIndicator',
    method: 'post',
    path: '/crossings/{crossingId}/indicators',
    tag,
    summary: 'Say what your side of a crossing counted on a day.',
    description:
      'Idempotent: the same side, day, direction and class of traffic replaces what was said before (200), and the same content changes nothing.',
    roles: REPORTING_ROLES,
    params: z.strictObject({ crossingId: CrossingId }),
    body: NewIndicator,
    bodyMediaTypes: ['application/json'],
    responses: { 200: one, 201: one },
    problems: [400, 401, 403, 404, 422],
    async handle({ params: { crossingId }, body, caller }) {
      sideOfCaller(caller, body.country);
      const line = { ...body, crossing: crossingId };
      const { feature, id, isNew } = await indicators.put(caller, line, (written) =>
        permitIndicator(caller, line, written),
      );
      const text = new JsonText(feature);
      return isNew ? created(`/indicators/${id}`, text, GEOJSON) : { ...geojson(text), status: 200 };
    },
  }),

  operation({
    id: 'removeIndicator',
    method: 'delete',
    path: '/indicators/{indicatorId}',
    tag,
    summary: 'Remove a count of your side that was sent for the wrong day or crossing.',
    roles: ['operator'],
    params,
    responses: { 204: { description: 'Removed.' } },
    problems: [400, 401, 403, 404],
    async handle({ params: { indicatorId }, caller }) {
      await indicators.remove(caller, indicatorId, (found) => permitRemoval(caller, indicatorId, found));
      return noContent();
    },
  }),

  operation({
    id: 'importIndicators',
    method: 'post',
    path: '/indicators/import',
    tag,
    summary: 'Import indicators in bulk.',
    description:
      'A CSV of any length. Bad lines do not stop good ones. A line about the same side, day, direction and class of traffic replaces what was said before: importing a file twice changes nothing. The CSV of the layer `indicators` can be sent back.',
    roles: REPORTING_ROLES,
    streams: {
      'text/csv': `Columns: ${INDICATOR_COLUMNS.join(', ')}; crossing, day and method are needed, an empty cell is null.`,
    },
    examples: { body: EXAMPLE },
    responses: { 200: { description: 'The result of the import.', schema: ImportResult } },
    problems: [400, 401, 403],
    async handle({ caller, request }) {
      request.setTimeout(QUIET_MS, () => request.destroy(new Error('the upload fell silent')));
      // leaving the iterator early destroys its source; the request itself must stay open for the answer
      const upload = request.pipe(new PassThrough());
      request.once('error', (error) => upload.destroy(error));
      try {
        return { body: await importIndicators(indicators, caller, upload) };
      } catch (error) {
        if (!(error instanceof ImportFault)) throw error;
        throw new Problem({ status: 400, slug: 'invalid-request', says: error.says });
      }
    },
  }),
];
