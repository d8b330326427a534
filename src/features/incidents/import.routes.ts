import { PassThrough } from 'node:stream';
import { badRequest, Problem } from '../../core/problem.ts';
import type { WorldReader } from '../../core/world.ts';
import { operation } from '../../http/operation.ts';
import { problemDocument } from '../../http/problem.reply.ts';
import { CSV_COLUMNS } from './csv.feature.ts';
import { ImportFault } from './import/import.line.ts';
import { type ImportRun, progressLines } from './import.progress.ts';
import { IMPORT_MEDIA_TYPES, readImport } from './import.reader.ts';
import { ImportProgressLine, ImportQuery, ImportResult } from './import.schema.ts';
import { importLines } from './import.service.ts';
import type { ImportStore } from './import.store.ts';
import { REPORTING_ROLES } from './incident.roles.ts';

const NDJSON = 'application/x-ndjson';
const QUIET_MS = 60_000; // idle timeout of an upload

const EXAMPLE = `lon,lat,kind,severity,certainty,occurredAt,horizontalAccuracyMetres,source,externalId,tlp
8.42,35.2,smuggling_fuel,moderate,observed,2026-11-01T06:30:00Z,100,exercise plan,line-1,GREEN
`;

export const importOperations = (imports: ImportStore, world: WorldReader) => [
  operation({
    id: 'importIncidents',
    method: 'post',
    path: '/incidents/import',
    tag: 'Incidents',
    summary: 'Import incidents in bulk.',
    description:
      'A stream of any length. Bad lines do not stop good ones. A line is a known incident if reporting agency, `source` and `externalId` match, or else the id (without both the content): importing a file twice changes nothing. Downloads of your agency can be sent back, unchanged or edited: computed properties are ignored, and a null is a missing value. With `Accept: application/x-ndjson` each set of lines is answered with a line of progress, and the last line is the result. A line that would widen the label of a known incident is rejected unless the caller is also a coordinator.',
    roles: REPORTING_ROLES,
    query: ImportQuery,
    streams: {
      'text/csv': `Columns: ${CSV_COLUMNS.join(', ')}; \`longitude\` and \`latitude\` are the same as \`lon\` and \`lat\`. Countries in releasableTo have \`;\` or \`,\` between them.`,
      'application/geo+json': 'A FeatureCollection; a line is a feature.',
      'application/geo+json-seq': 'Newline-delimited GeoJSON, with or without record separators.',
    },
    examples: { body: EXAMPLE },
    responses: {
      200: {
        description: 'The result of the import; as `application/x-ndjson` its progress while it runs.',
        schema: ImportResult,
        also: { [NDJSON]: ImportProgressLine },
      },
    },
    problems: [400, 401, 403],
    async handle({ query, caller, request }) {
      request.setTimeout(QUIET_MS, () => request.destroy(new Error('the upload fell silent')));
      const mediaType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
      const format = query.format ?? IMPORT_MEDIA_TYPES[mediaType];
      if (!format) throw badRequest('format-unknown', { mediaType });
      // Leaving the iterator early destroys its source; the request itself must stay open for the answer.
      const upload = request.pipe(new PassThrough());
      request.once('error', (error) => upload.destroy(error));
      const target = { imports, world: await world() };
      const run: ImportRun = (tell) =>
        importLines(target, caller, readImport(upload, format, query.dialect), tell).catch(explained);
      if (request.accepts(['application/json', NDJSON]) !== NDJSON) return { body: await run(() => {}) };
      const body = progressLines(run, (error) => problemDocument(error, request));
      return { mediaType: NDJSON, headers: { 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' }, body };
    },
  }),
];

function explained(error: unknown): never {
  throw error instanceof ImportFault
    ? new Problem({ status: 400, slug: 'invalid-request', says: error.says })
    : error;
}
