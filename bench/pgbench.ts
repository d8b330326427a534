import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SqlValue } from '../src/db/sql.ts';
import { type Choice, choose, pathOf, type Question, type Variable } from './question.ts';
import { recordStatements, type Statement } from './statement.record.ts';

const run = promisify(execFile);

/** The service's settings for a caller without a key. */
export const SESSION = [
  'role=tripoint_service',
  'search_path=tripoint,public',
  'TimeZone=UTC',
  'max_parallel_workers_per_gather=0',
  'statement_timeout=10000',
  'tripoint.viewer=1',
  'tripoint.agency=',
];

export interface Script {
  text: string;
  /** Values of the script's constant variables. */
  constants: Record<string, string>;
  /** Session settings of the service. */
  session: readonly string[];
}

/** The statement of a question as a pgbench script, with the same text and parameters. */
export async function scriptOf(url: string, question: Question): Promise<Script> {
  const choice = choose(question.variables);
  const { statements } = await recordStatements(url, pathOf(question, choice));
  if (statements.length !== 1)
    throw new Error(`${question.name} takes ${statements.length} statements, not one.`);
  return toScript(statements[0]!, question.variables, choice);
}

function toScript(
  { text, values, planMode }: Statement,
  variables: readonly Variable[],
  choice: Choice,
): Script {
  if (/(?<!:):\w/.test(text)) throw new Error('pgbench would take a colon in the statement for a variable.');
  const constants: Record<string, string> = {};
  const nameOf = (index: number): string => {
    const value = values[index];
    const variable = variables.find(({ name }) => choice[name] === value || String(choice[name]) === value);
    if (variable) return variable.name;
    const name = `constant${index + 1}`;
    // pgbench binds NULL for an unknown variable
    if (value !== null && value !== undefined) constants[name] = textOf(value);
    return name;
  };
  const statement = text.trim().replace(/\$(\d+)/g, (_, number) => `:${nameOf(Number(number) - 1)}`);
  return {
    text: `${variables.map(setLine).join('')}${statement};\n`,
    constants,
    session: [...SESSION, 'jit=off', `plan_cache_mode=${planMode}`],
  };
}

const setLine = (variable: Variable): string =>
  'of' in variable
    ? `\\set ${variable.name} :${variable.of} + ${variable.plus}\n`
    : `\\set ${variable.name} ${randomOf(variable)}\n`;

const randomOf = ({ from, to, scale }: { from: number; to: number; scale: number }): string => {
  const whole = `random(${Math.round(from * scale)}, ${Math.round(to * scale)})`;
  return scale === 1 ? whole : `${whole} / ${scale}.0`;
};

function textOf(value: NonNullable<SqlValue>): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') throw new Error('A parameter of the statement has no text for pgbench.');
  return String(value);
}

/** Transactions per second, without the first second, in which connections open and statements are planned. */
export async function runPgbench(
  url: string,
  script: Script,
  { clients, seconds }: { clients: number; seconds: number },
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-bench-'));
  const file = join(folder, 'question.sql');
  try {
    await writeFile(file, script.text);
    const constants = Object.entries(script.constants).flatMap(([name, value]) => ['-D', `${name}=${value}`]);
    const load = ['-M', 'prepared', '-n', '-c', `${clients}`, '-T', `${seconds + 1}`, '-P', '1', '-f', file];
    const options = script.session.map((setting) => `-c ${setting}`).join(' ');
    const env = { ...process.env, PGOPTIONS: options };
    const { stderr } = await run(await findPgbench(), [...load, ...constants, url], { env });
    return steadyRate(stderr);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function steadyRate(progress: string): number {
  const rates = [...progress.matchAll(/^progress: [\d.]+ s, ([\d.]+) tps/gm)].map(([, rate]) => Number(rate));
  const steady = rates.slice(1);
  if (steady.length === 0) throw new Error(`pgbench told no progress:\n${progress}`);
  return steady.reduce((sum, rate) => sum + rate, 0) / steady.length;
}

/** On the path, or in the folder of Debian's postgresql package. */
async function findPgbench(): Promise<string> {
  const root = '/usr/lib/postgresql';
  const versions = await readdir(root).catch(() => []);
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
  for (const command of ['pgbench', ...newestFirst.map((version) => `${root}/${version}/bin/pgbench`)]) {
    const isThere = await run(command, ['--version']).then(
      () => true,
      () => false,
    );
    if (isThere) return command;
  }
  throw new Error('pgbench was not found. Install it (Debian: postgresql), or put it on the PATH.');
}
