import { z } from 'zod';
import { ROLES } from '../access/caller.ts';
import { createKey, listKeys, revokeKey } from '../access/key.store.ts';
import { asOwner } from '../db/migrations.ts';
import { withSource } from './source.ts';

const DAY_MS = 86_400_000;
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const CreateOptions = z.object({
  agency: z.string(),
  role: z.array(z.enum(ROLES)).min(1),
  days: z.coerce.number().positive().max(36_500).optional(),
  json: z.boolean().default(false),
});

export const keyCommands = {
  create: (options: unknown) => {
    const parsed = CreateOptions.safeParse(options);
    if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
    const { agency, role: roles, days, json } = parsed.data;
    const expiresAt = days === undefined ? undefined : new Date(Date.now() + days * DAY_MS);
    return withSource(async (source) => {
      const { id, key } = await asOwner(source.ownerConnection, (knex) =>
        createKey(knex, { agency, roles, expiresAt }),
      );
      say(
        json ? JSON.stringify({ id, agency, roles, expiresAt: expiresAt?.toISOString() ?? null, key }) : key,
      );
    });
  },

  list: ({ json }: { json?: boolean }) =>
    withSource(async (source) => {
      const keys = await asOwner(source.ownerConnection, listKeys);
      if (json) {
        say(JSON.stringify(keys));
        return;
      }
      for (const { id, country, agency, roles, revokedAt } of keys) {
        say([id, country, agency, String(roles), revokedAt ? 'revoked' : ''].join('  ').trimEnd());
      }
    }),

  revoke: (id: string) =>
    withSource(async (source) => {
      if (!z.uuid().safeParse(id).success)
        throw new Error(`${id} is not the id of a key. See: tripoint keys list`);
      const isDone = await asOwner(source.ownerConnection, (knex) => revokeKey(knex, id));
      if (!isDone) throw new Error(`There is no key with id ${id}. See: tripoint keys list`);
      say(`Revoked ${id}. A running service forgets it within 5 seconds.`);
    }),
};
