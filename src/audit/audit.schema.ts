import { z } from 'zod';
import { COUNTRY_CODES, ROLES } from '../core/caller.ts';
import { Links } from '../geometry/feature.schema.ts';
import { Limit } from '../http/paging.ts';

const ACTIONS = ['read', 'read-end', 'refused', 'create', 'change', 'remove', 'purge'] as const;
const CountryCode = z.enum(COUNTRY_CODES);
const ofOwnAgencies = (what: string) => `${what}; null where a foreign agency acted.`;

const AuditEntry = z
  .strictObject({
    id: z.uuid().meta({ description: 'Identifier of the entry.' }),
    at: z.iso
      .datetime()
      .meta({ description: 'When it was written, in UTC.', example: '2026-11-01T06:30:00Z' }),
    agency: z
      .string()
      .nullable()
      .meta({ description: 'The agency that acted; null: the owner of the database.' }),
    country: CountryCode.nullable().meta({ description: 'The country of that agency.' }),
    key: z
      .uuid()
      .nullable()
      .meta({ description: ofOwnAgencies('Identifier of the key that was shown') }),
    subject: z
      .string()
      .nullable()
      .meta({
        description: ofOwnAgencies('Hash that tells the subject of a token, if one was shown, from others'),
      }),
    roles: z
      .array(z.enum(ROLES))
      .nullable()
      .meta({ description: ofOwnAgencies('What the key may do') }),
    action: z.enum(ACTIONS).meta({
      description:
        '`read` before an answer with rows that are not CLEAR begins, `read-end` when it has ended, `refused` where rows were looked at and the request was refused.',
    }),
    operation: z
      .string()
      .nullable()
      .meta({ description: 'Identifier of the operation in the API document.' }),
    collection: z
      .string()
      .meta({ description: 'First part of the path, or where was written.', example: 'incidents' }),
    target: z.string().nullable().meta({
      description: 'What the path names, or what was written, if one; null where it is not yours to know.',
    }),
    rows: z
      .int()
      .meta({ description: 'How many rows; where a foreign agency acted, those of your country.' }),
    countries: z.array(CountryCode).meta({ description: 'Whose data they are.' }),
    outcome: z.string().meta({
      description:
        '`begun`, `continued` (a stream that goes on), `complete` or `aborted` of a read, the status of a refusal, `done` of a write.',
    }),
    detail: z
      .string()
      .nullable()
      .meta({ description: 'Of a changed label the old and the new one; of a purge its rule and proof.' }),
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
    description: 'What one agency did, as far as it concerns the country of the auditor.',
  });

export const AuditList = z
  .strictObject({ entries: z.array(AuditEntry).meta({ description: 'The entries.' }), links: Links })
  .meta({ id: 'AuditList', description: 'Entries in the order in which they were sealed.' });

export const AuditQuery = z.strictObject({
  after: z
    .uuid()
    .optional()
    .meta({ description: 'Identifier of the last entry that you have: those behind it are answered.' }),
  limit: Limit,
});
export type AuditQuery = z.output<typeof AuditQuery>;
