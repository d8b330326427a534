import type { Database } from '../../src/db/database.ts';
import { plannedEachTime, Sql, sql } from '../../src/db/sql.ts';
import { asTableOwner } from './audit.ts';
import type { TestService } from './service.ts';

/**
 * What the database does for a write, in order. A statement has the triggers that it fires under it, and a trigger the
 * statements that its function runs.
 */
export interface Step {
  /** INSERT, UPDATE or DELETE. */
  operation: string;
  table: string;
  /** The trigger that fires; missing where this is the statement itself. */
  trigger?: string;
  /** The function that holds the statement, or `foreign key`; missing where the service sent it. */
  writer?: string;
  steps: Step[];
}

interface RecordedStep {
  txid: string;
  depth: number;
  operation: string;
  table: string;
  trigger: string | null;
  rows: number | null;
  stack: string;
}

// In a schema of its own that the service's role may use: some triggers run with its rights.
const RECORDER = [
  `CREATE SCHEMA trace`,
  `GRANT USAGE ON SCHEMA trace TO PUBLIC`,
  `CREATE TABLE trace.step (
  n         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  txid      xid8 NOT NULL DEFAULT pg_current_xact_id(),
  depth     int NOT NULL DEFAULT pg_trigger_depth(),
  operation text NOT NULL,
  "table"   text NOT NULL,
  trigger   text,
  rows      bigint,
  stack     text NOT NULL DEFAULT ''
)`,
  `CREATE FUNCTION trace.note_trigger(operation text, of_table text, name text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = trace, pg_temp AS $$
BEGIN
  INSERT INTO trace.step (operation, "table", trigger) VALUES (operation, of_table, name);
END $$`,
  `CREATE FUNCTION trace.note_statement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = trace, pg_temp AS $$
DECLARE
  called_from text;
BEGIN
  GET DIAGNOSTICS called_from = PG_CONTEXT;
  INSERT INTO trace.step (operation, "table", stack) VALUES (TG_OP, TG_TABLE_NAME, called_from);
  RETURN NULL;
END $$`,
  `CREATE FUNCTION trace.count_rows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = trace, pg_temp AS $$
BEGIN
  UPDATE trace.step SET rows = (SELECT count(*) FROM written) WHERE n = (
    SELECT max(s.n) FROM trace.step AS s
    -- one deeper: what a foreign key deletes fires its triggers together with those of the statement that it follows
    WHERE s.txid = pg_current_xact_id() AND s.depth - pg_trigger_depth() IN (0, 1) AND s.operation = TG_OP
      AND s."table" = TG_TABLE_NAME AND s.trigger IS NULL AND s.rows IS NULL);
  RETURN NULL;
END $$`,
];

// The name sorts before those of all other triggers, so that a statement is noted before what it fires.
const WATCHERS = `
SELECT format('CREATE TRIGGER "0_' || w.name || '" ' || w.moment || ' ON base.%I ' || w.function, c.relname) AS statement
FROM pg_class AS c CROSS JOIN (VALUES
  ('statement', 'BEFORE INSERT OR UPDATE OR DELETE', 'FOR EACH STATEMENT EXECUTE FUNCTION trace.note_statement()'),
  ('insert', 'AFTER INSERT', 'REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION trace.count_rows()'),
  ('update', 'AFTER UPDATE', 'REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION trace.count_rows()'),
  ('delete', 'AFTER DELETE', 'REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION trace.count_rows()')
) AS w (name, moment, function)
WHERE c.relnamespace = 'base'::regnamespace AND c.relkind = 'r'
UNION ALL
SELECT regexp_replace(pg_get_functiondef(p.oid), '\\mBEGIN\\M',
  'BEGIN PERFORM trace.note_trigger(TG_OP, TG_TABLE_NAME, TG_NAME);')
FROM pg_proc AS p
WHERE p.pronamespace = 'base'::regnamespace AND p.prorettype = 'trigger'::regtype`;

/** Makes a database note each statement that writes and each trigger that fires. */
export async function installTrace(db: Database): Promise<void> {
  const run = (text: string) => asTableOwner<{ statement: string }>(db, plannedEachTime(new Sql([text], [])));
  for (const statement of RECORDER) await run(statement);
  for (const { statement } of await run(WATCHERS)) await run(statement);
}

/** What was noted since the last call, but for statements that wrote no row. */
export async function takeTrace({ db }: Pick<TestService, 'db'>): Promise<Step[]> {
  const recorded = await asTableOwner<RecordedStep>(
    db,
    sql`WITH taken AS (DELETE FROM trace.step RETURNING *)
        SELECT txid::text, depth, operation, "table", trigger, rows::int, stack FROM taken ORDER BY n`,
  );
  const txids = [...new Set(recorded.map(({ txid }) => txid))];
  return txids
    .flatMap((txid) => treeOf(recorded.filter((one) => one.txid === txid)))
    .filter(({ writer }) => !IN_PASSING.has(writer));
}

// Written for requests, but with no request: when a key was used, how often, and who has read what.
const IN_PASSING = new Set<string | undefined>([
  'note_key_use',
  'note_attempts',
  'audit_reads',
  'lease_requests',
]);

interface OpenStep extends Step {
  depth: number;
  wroteNothing: boolean;
  steps: OpenStep[];
  siblings: OpenStep[];
  /** Follows from a foreign key: a statement of it, or a trigger that this fires. */
  isCascade: boolean;
}

/** A statement and the triggers that it fires have the same depth; a statement in one of these the next one. */
function treeOf(recorded: readonly RecordedStep[]): Step[] {
  const roots: OpenStep[] = [];
  const seen: OpenStep[] = [];
  for (const one of recorded) {
    const step = openStep(one);
    if (step.trigger === undefined) placeStatement(step, seen, roots);
    else placeTrigger(step, seen);
    step.siblings.push(step);
    seen.unshift(step);
  }
  return tidy(roots);
}

function openStep({ depth, operation, table, trigger, rows, stack }: RecordedStep): OpenStep {
  const writer = trigger === null ? writerIn(stack) : undefined;
  return {
    operation,
    table,
    ...(trigger !== null && { trigger }),
    ...(writer !== undefined && { writer }),
    steps: [],
    depth,
    wroteNothing: trigger === null && rows === 0,
    siblings: [],
    isCascade: writer === FOREIGN_KEY,
  };
}

const isStatement = ({ trigger }: Step): boolean => trigger === undefined;
const isOfForeignKey = ({ writer }: Step): boolean => writer === FOREIGN_KEY;

function placeStatement(step: OpenStep, seen: readonly OpenStep[], roots: OpenStep[]): void {
  const above = seen.find((other) => {
    if (other.depth !== step.depth - 1) return false;
    return isOfForeignKey(step) ? isStatement(other) && other.operation === 'DELETE' : !isStatement(other);
  });
  step.siblings = above?.steps ?? roots;
}

/** What a foreign key deletes fires its triggers after those of the statement that it follows: beside it. */
function placeTrigger(step: OpenStep, seen: readonly OpenStep[]): void {
  const fires = (other: OpenStep) =>
    isStatement(other) && other.operation === step.operation && other.table === step.table;
  const statement =
    seen.find((other) => fires(other) && other.depth === step.depth) ??
    seen.find((other) => fires(other) && other.depth === step.depth + 1 && isOfForeignKey(other));
  if (!statement) throw new Error(`No statement fires ${step.trigger} on ${step.table}.`);
  step.siblings = statement.depth === step.depth ? statement.steps : statement.siblings;
  step.wroteNothing = statement.wroteNothing;
  step.isCascade = statement.isCascade;
}

const FOREIGN_KEY = 'foreign key';

/** The innermost function below the recorder's own. What a foreign key does has no function. */
function writerIn(stack: string): string | undefined {
  const callers = stack.split('\n').slice(1).join('\n');
  if (/^SQL statement "(DELETE FROM|UPDATE) ONLY "base"/.test(callers)) return FOREIGN_KEY;
  return /^(?:PL\/pgSQL|SQL) function "?(?:\w+\.)?(\w+)/m.exec(callers)?.[1];
}

/** Leaves out what wrote nothing, says once what happens for each row, and puts cascades in order: they have none. */
function tidy(steps: readonly OpenStep[]): Step[] {
  return runsOf(steps.filter(({ wroteNothing }) => !wroteNothing))
    .flatMap((run) => (run[0]!.isCascade ? run.sort((a, b) => a.table.localeCompare(b.table)) : run))
    .map(
      ({ operation, table, trigger, writer, steps: below }): Step => ({
        operation,
        table,
        ...(trigger !== undefined && { trigger }),
        ...(writer !== undefined && { writer }),
        steps: tidy(below),
      }),
    )
    .filter((step, n, all) => n === 0 || JSON.stringify(step) !== JSON.stringify(all[n - 1]));
}

/** Cut where cascades begin and end. */
function runsOf(steps: readonly OpenStep[]): OpenStep[][] {
  const runs: OpenStep[][] = [];
  for (const step of steps) {
    const run = runs.at(-1);
    if (run && run[0]!.isCascade === step.isCascade) run.push(step);
    else runs.push([step]);
  }
  return runs;
}
