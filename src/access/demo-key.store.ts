import { rename, writeFile } from 'node:fs/promises';
import type { Knex } from 'knex';
import { type CountryCode, ROLES, type Role } from './caller.ts';
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

/** One key for each country and role, and a reporter's key of a second agency for each country. */
export async function createDemoKeys(owner: Knex): Promise<DemoKey[]> {
  const wanted = AGENCIES.flatMap(([country, agency, second]) => [
    ...ROLES.map((role) => ({ country, agency, role })),
    { country, agency: second, role: 'reporter' as const },
  ]);
  const keys: DemoKey[] = [];
  for (const one of wanted) {
    const { key } = await createKey(owner, { agency: one.agency, roles: [one.role] });
    keys.push({ ...one, key });
  }
  return keys;
}

/** Whole or not at all: its being there says that the first start came to its end. */
export async function writeDemoKeys(file: string, keys: readonly DemoKey[]): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
