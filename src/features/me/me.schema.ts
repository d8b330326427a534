import { z } from 'zod';
import { KeyId, Role } from '../keys/key.schema.ts';
import { CountryCode, Names, UtcTime } from '../vocabulary.schema.ts';

const Limits = z
  .strictObject({
    requestsPerMinute: z.int().nullable().meta({
      description:
        'Requests of this key or token per minute; null: no limit. The headers RateLimit-* count them.',
    }),
    streams: z.int().meta({ description: 'Open streams of this key or token.' }),
    pageRows: z.int().meta({ description: 'Rows of a page: the largest `limit`.' }),
    bodyBytes: z.int().meta({ description: 'Bytes of a JSON body.' }),
  })
  .meta({ description: 'Limits of your requests.' });

export const Me = z
  .strictObject({
    agency: z.string().meta({ description: 'The agency you act for.', example: 'tun-garde-nationale' }),
    names: Names.meta({ description: 'Names of the agency.' }),
    country: CountryCode.meta({ description: 'The country of the agency.' }),
    roles: z.array(Role).meta({ description: 'Your roles.' }),
    key: KeyId.nullable().meta({
      description: 'Identifier of your key, or of that of your session; null with a token.',
    }),
    credential: z
      .enum(['key', 'token', 'session'])
      .meta({ description: 'What the request showed. A `session` is that of a browser (docs/access.md).' }),
    expiresAt: UtcTime.nullable().meta({
      description: 'When your session ends at the latest, or your key or token expires; null: never.',
    }),
    world: z.string().meta({
      description: 'The world that knows your key: `actual`, or the name of an exercise.',
      example: 'actual',
    }),
    operations: z
      .array(z.string())
      .meta({ description: 'Identifiers of the operations in this document that your roles allow.' }),
    limits: Limits,
  })
  .meta({ id: 'Me', description: 'Whom a key or token acts for, and what it may do.' });
export type Me = z.output<typeof Me>;
