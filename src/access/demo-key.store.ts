import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Knex } from 'knex';
import { type CountryCode, ROLES, type Role } from '../core/caller.ts';
import { hashOf } from './key.secret.ts';
import { createKey } from './key.store.ts';

const AGENCIES: [country: CountryCode, agency: string, second: string][] = [
  ['DZA', 'dza-gardes-frontieres', 'dza-douanes'],
  ['LBY', 'lby-service-gardes-frontieres', 'lby-douanes'],
  ['TUN', 'tun-garde-nationale', 'tun-douane'],
];

export interface DemoKey {
  country: CountryCode;
  agency: string;
  role: Role;
  key: string;
}

/** One key per country and role, and per country a reporter key of a second agency. */
export async function createDemoKeys(owner: Knex): Promise<DemoKey[]> {
  const wanted = AGENCIES.flatMap(([country, agency, second]) => [
    ...ROLES.map((role) => ({ country, agency, role })),
    { country, agency: second, role: 'reporter' as const },
  ]);
  const keys: DemoKey[] = [];
  for (const one of wanted) {
    const { key } = await createKey(owner, {
      agency: one.agency,
      roles: [one.role],
      name: 'demo',
      isDemo: true,
    });
    keys.push({ ...one, key });
  }
  return keys;
}

/** Written atomically: its existence means that the first start was complete. */
export async function writeDemoKeys(file: string, keys: readonly DemoKey[]): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Older databases have demo keys without the mark. */
export async function markDemoKeys(owner: Knex, file: string): Promise<void> {
  const keys: DemoKey[] = JSON.parse(await readFile(file, 'utf8'));
  const hashes = keys.map(({ key }) => hashOf(key));
  await owner.raw('UPDATE base.api_key SET is_demo = true WHERE hash = ANY (?::bytea[]) AND NOT is_demo', [
    hashes,
  ]);
}

/** Whether an admin key that is not a demo key exists or ever existed. */
export async function hasOwnAdmin(owner: Knex): Promise<boolean> {
  const { rows } = await owner.raw(
    `SELECT EXISTS (SELECT 1 FROM base.api_key WHERE NOT is_demo AND 'admin' = ANY (roles)) AS there`,
  );
  return rows[0].there;
}
