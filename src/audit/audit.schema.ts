import { z } from 'zod';
import { COUNTRY_CODES, ROLES } from '../core/caller.ts';
import { Links } from '../geometry/feature.schema.ts';
import { Limit } from '../http/paging.ts';

export const ACTIONS = [
  'read',
  'read-end',
  'refused',
  'attempts',
  'create',
  'change',
  'remove',
  'purge',
] as const;
const CountryCode = z.enum(COUNTRY_CODES);
const ofOwnAgencies = (what: string) => `${what}; null where a foreign agency acted.`;

const AuditEntry = z
  .strictObject({
    id: z.uuid().meta({ description: 'Identifier of the entry.' }),
    at: z.iso.datetime().meta({ description: 'Time of the entry, in UTC.', example: '2026-11-01T06:30:00Z' }),
    agency: z.string().nullable().meta({
      description: 'The acting agency; null: the owner of the database, or attempts without a valid key.',
    }),
    country: CountryCode.nullable().meta({ description: 'The country of that agency.' }),
    key: z
      .uuid()
      .nullable()
      .meta({
        description: `${ofOwnAgencies('Identifier of the key')} Attempts name it whoever acted.`,
      }),
    subject: z
      .string()
      .nullable()
      .meta({
        description: ofOwnAgencies('Hash of the subject of the token, if any'),
      }),
    roles: z
      .array(z.enum(ROLES))
      .nullable()
      .meta({ description: ofOwnAgencies('Roles of the key') }),
    action: z.enum(ACTIONS).meta({
      description:
        '`read` before an answer with rows that are not CLEAR begins, `read-end` when it has ended, `refused` where rows were looked at and the request was refused. `attempts` counts the requests of one key and hour that were refused (401, 403, 404) for rows of your country that exist; it follows when the hour is over.',
    }),
    operation: z.string().nullable().meta({ description: 'Operation id in the OpenAPI document.' }),
    collection: z
      .string()
      .meta({ description: 'First part of the path, or the written collection.', example: 'incidents' }),
    target: z.string().nullable().meta({
      description: 'The resource in the path, or the single written row; null if you may not see it.',
    }),
    rows: z.int().meta({
      description: 'Number of rows, or of attempts; for a foreign agency, only those of your country.',
    }),
    countries: z.array(CountryCode).meta({ description: 'Owner countries of the rows.' }),
    outcome: z.string().meta({
      description:
        '`begun`, `continued` (a stream that goes on), `complete` or `aborted` of a read, the status of a refusal or of attempts, `done` of a write.',
    }),
    detail: z.string().nullable().meta({
      description:
        'Old and new label, end or stage of a change; what a consent, a hold or a removal was; rule and proof of a purge; of attempts the hour and the number of different rows, or that they were too many to be kept one by one.',
    }),
    purpose: z.string().nullable().meta({ description: 'The header X-Purpose.' }),
    requestId: z
      .string()
      .nullable()
      .meta({ description: ofOwnAgencies('The header X-Request-Id of the answer') }),
    filterHash: z
      .string()
      .nullable()
      .meta({ description: ofOwnAgencies('SHA-256 of the parameters of path and query') }),
  })
  .meta({
    id: 'AuditEntry',
    description: "An action of one agency, as far as it concerns the auditor's country.",
  });

export const AuditList = z
  .strictObject({ entries: z.array(AuditEntry).meta({ description: 'The entries.' }), links: Links })
  .meta({ id: 'AuditList', description: 'Entries in the order of their seals.' });

export const AuditQuery = z.strictObject({
  after: z
    .uuid()
    .optional()
    .meta({ description: 'Identifier of your last entry: the answer has the entries after it.' }),
  limit: Limit,
});
export type AuditQuery = z.output<typeof AuditQuery>;
