import { z } from 'zod';
import { createKey, listKeys, revokeKey } from '../access/key.store.ts';
import { ROLES } from '../core/caller.ts';
import { writtenIssues } from '../core/catalogue.ts';
import { asOwner } from '../db/migrations.ts';
import { endDemo } from '../demo.ts';
import { freeText } from '../screening/personal-data.ts';
import { withSource } from './command.source.ts';

const DAY_MS = 86_400_000;
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const CreateOptions = z.object({
  agency: z.string(),
  role: z.array(z.enum(ROLES)).min(1),
  name: freeText(80).min(1).optional(),
  days: z.coerce.number().positive().max(36_500).optional(),
  json: z.boolean().default(false),
});

export const keyCommands = {
  create: (options: unknown) => {
    const parsed = CreateOptions.safeParse(options);
    if (!parsed.success) throw new Error(z.prettifyError({ issues: writtenIssues(parsed.error.issues) }));
    const { role: roles, days, json, ...rest } = parsed.data;
    const expiresAt = days === undefined ? undefined : new Date(Date.now() + days * DAY_MS);
    const wanted = { ...rest, roles, expiresAt };
    return withSource(async (source, config) => {
      const { id, key } = await asOwner(source.ownerConnection, (knex) => createKey(knex, wanted));
      if (roles.includes('admin')) await endDemo(config);
      say(json ? JSON.stringify({ id, ...wanted, expiresAt: expiresAt?.toISOString() ?? null, key }) : key);
    });
  },

  list: ({ json }: { json?: boolean }) =>
    withSource(async (source) => {
      const keys = await asOwner(source.ownerConnection, listKeys);
      if (json) {
        say(JSON.stringify(keys));
        return;
      }
      for (const { id, country, agency, roles, name, revokedAt } of keys) {
        say([id, country, agency, String(roles), name, revokedAt && 'revoked'].filter(Boolean).join('  '));
      }
    }),

  revoke: (id: string) =>
    withSource(async (source) => {
      if (!z.uuid().safeParse(id).success)
        throw new Error(`${id} is not the id of a key. List them with: tripoint keys list`);
      const isDone = await asOwner(source.ownerConnection, (knex) => revokeKey(knex, id));
      if (!isDone) throw new Error(`There is no key with id ${id}. List them with: tripoint keys list`);
      say(`Revoked ${id}. A running service refuses it within 5 seconds.`);
    }),
};
