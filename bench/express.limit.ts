import type { QueryConfig } from 'pg';
import { SESSION } from './pgbench.ts';
import { type Service, startProgram } from './service.process.ts';
import { recordStatements } from './statement.record.ts';

export interface LimitSettings {
  url: string;
  /** From BEGIN to COMMIT. The first column of the last but one is the answer. */
  steps: QueryConfig[];
  poolSize: number;
}

const settings = SESSION.map((setting) => setting.split('=') as [string, string]);
const SETTLE: QueryConfig = {
  name: 'settings',
  text: `SELECT ${settings.map(([name], n) => `set_config('${name}', $${n + 1}, true)`).join()}`,
  values: settings.map(([, value]) => value),
};

/** Express with nothing but the one statement of a path, prepared, in the same transaction, as a process of its own. */
export async function startExpressLimit(url: string, path: string, clients: number): Promise<Service> {
  const { statements } = await recordStatements(url, path);
  const [{ text, values }] = statements as [(typeof statements)[0]];
  const steps = [{ text: 'BEGIN' }, SETTLE, { name: 'answer', text, values }, { text: 'COMMIT' }];
  const limit: LimitSettings = { url, steps, poolSize: clients };
  return startProgram({
    program: 'bench/express.server.ts',
    settings: { EXPRESS_LIMIT: JSON.stringify(limit) },
  });
}
