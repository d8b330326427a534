import { z } from 'zod';
import { ROLES } from '../../core/caller.ts';
import { issue } from '../../core/catalogue.ts';
import { Links } from '../../geometry/feature.schema.ts';
import { Instant } from '../../geometry/instant.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import { CountryCode, Slug, UtcTime } from '../vocabulary.schema.ts';

const LONGEST_OVERLAP_SECONDS = 30 * 86_400;

export const Role = z.enum(ROLES).meta({
  id: 'Role',
  description:
    'reader reads, reporter reports incidents, operator also draws zones, coordinator consents and releases for the country, auditor reads the audit log, admin manages keys and agencies.',
});

const Roles = z
  .array(Role)
  .min(1)
  .max(ROLES.length)
  .transform((roles) => [...new Set(roles)])
  .meta({ description: 'Roles of the key.', example: ['reporter'] });

const expiresAt = Instant.nullish().superRefine((instant, ctx) => {
  if (!instant || Date.parse(instant) > Date.now()) return;
  ctx.addIssue({
    code: 'custom',
    message: issue('expiry-past', { value: instant }),
    params: { semantic: true },
  });
});

export const KeyId = z.uuid().meta({
  description: 'Identifier of a key; not the key.',
  example: '0199e0c4-6d00-7c1e-9f5e-000000000001',
});

export const NewKey = z
  .strictObject({
    agency: Slug.meta({
      description: 'The agency it acts for, of your country.',
      example: 'tun-garde-nationale',
    }),
    roles: Roles,
    name: freeText(80)
      .min(1)
      .nullish()
      .meta({ description: 'The system that uses it, never a person.', example: 'QGIS of the duty desk' }),
    expiresAt: expiresAt.meta({ description: 'Expiry; without it: never.' }),
  })
  .meta({
    id: 'NewKey',
    description: 'A new key.',
    example: { agency: 'tun-garde-nationale', roles: ['reporter'], name: 'QGIS of the duty desk' },
  });
export type NewKey = z.output<typeof NewKey>;

export const KeyRotation = z
  .strictObject({
    overlapSeconds: z
      .int()
      .min(0)
      .max(LONGEST_OVERLAP_SECONDS)
      .default(0)
      .meta({ description: 'Seconds for which the old key stays valid.', example: 3600 }),
    expiresAt: expiresAt.meta({
      description: 'Expiry of the new key. Default: the lifetime of the old one.',
    }),
  })
  .meta({ id: 'KeyRotation', description: 'Options of a rotation.', example: { overlapSeconds: 3600 } });
export type KeyRotation = z.output<typeof KeyRotation>;

const keyShape = {
  id: KeyId,
  agency: z.string().meta({ description: 'The agency it acts for.' }),
  country: CountryCode.meta({ description: 'The country of the agency.' }),
  roles: z.array(Role).meta({ description: 'Roles of the key.' }),
  name: z.string().nullable().meta({ description: 'The system that uses it.' }),
  createdAt: UtcTime.meta({ description: 'When it was made.' }),
  expiresAt: UtcTime.nullable().meta({ description: 'Expiry.' }),
  revokedAt: UtcTime.nullable().meta({ description: 'Time of revocation.' }),
  lastUsedAt: UtcTime.nullable().meta({ description: 'Last use, to about a minute.' }),
  replacedBy: KeyId.nullable().meta({ description: 'The key that replaced it in a rotation.' }),
};

export const Key = z
  .strictObject(keyShape)
  .meta({ id: 'Key', description: 'Metadata of a key; the key itself is not stored.' });

export const ShownKey = z
  .strictObject({
    ...keyShape,
    key: z.string().meta({ description: 'The key; shown only once.', example: 'tp_…' }),
  })
  .meta({ id: 'ShownKey', description: 'A new key with its secret.' });

export const KeyList = z
  .strictObject({ keys: z.array(Key).meta({ description: 'Oldest first.' }), links: Links })
  .meta({ id: 'KeyList', description: 'Keys, oldest first; a `next` link if more follow.' });

export const KeyQuery = z.strictObject({
  agency: Slug.optional().meta({ description: 'Only of this agency.', example: 'tun-garde-nationale' }),
  ...paging,
});
export type KeyQuery = z.output<typeof KeyQuery>;
