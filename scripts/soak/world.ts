import { readFile } from 'node:fs/promises';
import type { DemoKey } from '../../src/access/demo-key.store.ts';
import { type Caller, COUNTRY_CODES, type CountryCode, type Role } from '../../src/core/caller.ts';

/** A caller and its key. */
export interface Agent extends Caller {
  name: string;
  headers: Record<string, string>;
}

const ANYBODY: Agent = { name: 'anonymous', headers: {}, roles: [] };

export const readKeys = async (file: string): Promise<DemoKey[]> => JSON.parse(await readFile(file, 'utf8'));

/** The keys of the agencies, by role. */
export function worldOf(keys: readonly DemoKey[]) {
  const agent = ({ country, agency, role, key }: DemoKey): Agent => ({
    name: `${agency} (${role})`,
    headers: { Authorization: `Bearer ${key}` },
    country,
    agency,
    roles: [role],
  });
  const of = (country: CountryCode, role: Role): Agent =>
    agent(keys.find((key) => key.country === country && key.role === role)!);
  const reporters = keys.filter(({ role }) => role === 'reporter').map(agent);
  return {
    of,
    /** Of two agencies of each country. */
    reporters,
    coordinators: COUNTRY_CODES.map((country) => of(country, 'coordinator')),
    /** One reader per distinct view: anonymous, and the agencies. */
    readers: [...COUNTRY_CODES.map((country) => of(country, 'reader')), ANYBODY, ...reporters],
  };
}
export type World = ReturnType<typeof worldOf>;
