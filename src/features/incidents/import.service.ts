import type { Caller } from '../../core/caller.ts';
import { message, textOf } from '../../core/catalogue.ts';
import { type Message, shown } from '../../core/messages/message.ts';
import { Problem, unprocessable } from '../../core/problem.ts';
import { naturesOf, type World } from '../../core/world.ts';
import { guardBody } from '../../http/body.guard.ts';
import { check } from '../../http/input.errors.ts';
import type { ImportLine } from './import/import.line.ts';
import { FIRST_SIZE, nextSetSize } from './import/set.size.ts';
import type { ImportResult } from './import.schema.ts';
import { type ImportRow, type ImportStore, identityOf } from './import.store.ts';
import { NewIncident } from './incident.content.ts';
import { statesAfter } from './incident.lifecycle.ts';
import { State } from './incident.schema.ts';
import type { IncidentState } from './incident.vocabulary.ts';
import { reportedIn } from './reported.feature.ts';

const MOST_REASONS = 1000;

type Reject = (line: number, fault: Message) => void;

/** A fault of one property of a line; `more` of them follow. */
const lineFault = (path: string, { code, params }: Message, more = 0): Message =>
  message('line-invalid', { path, fault: { code, params }, more });

const ID_TAKEN = lineFault('id', message('id-of-other'));
const tooWideFor = ({ country }: Caller): Message =>
  lineFault('tlp', message('label-wider', { owner: country! }));

const stuckIn = (from: IncidentState | null, to: IncidentState): Message =>
  lineFault(
    'state',
    from === null
      ? message('distress-begins-open')
      : message('state-not-allowed', { from, to, allowed: statesAfter(from) }),
  );

export interface ImportTarget {
  imports: ImportStore;
  world: World;
}

/** Reads lines as they arrive and writes them in sets; a bad line is counted and reported, the others are kept. `tell` is called after each set. */
export async function importLines(
  { imports, world }: ImportTarget,
  caller: Caller,
  lines: AsyncIterable<ImportLine>,
  tell: (soFar: ImportResult) => void = () => {},
): Promise<ImportResult> {
  const result: ImportResult = { accepted: 0, updated: 0, unchanged: 0, rejected: { total: 0, lines: [] } };
  const reject: Reject = (line, fault) => {
    result.rejected.total += 1;
    if (result.rejected.lines.length < MOST_REASONS)
      result.rejected.lines.push({ line, ...fault, reason: textOf(fault) });
  };
  let set: ImportRow[] = [];
  let identities = new Set<string>();
  let size = FIRST_SIZE;

  const flush = async () => {
    const rows = set;
    set = [];
    identities = new Set();
    if (rows.length === 0) return;
    const startedMs = performance.now();
    await writeSet(imports, caller, rows, result, reject);
    size = nextSetSize(size, { lines: rows.length, ms: performance.now() - startedMs });
    tell(result);
  };

  for await (const entry of lines) {
    const row = readLine(entry, world, reject);
    if (!row) continue;
    const own = identitiesOf(row);
    // a repeated incident: the later line changes the earlier one
    if (set.length >= size || own.some((identity) => identities.has(identity))) await flush();
    set.push(row);
    for (const identity of own) identities.add(identity);
  }
  await flush();
  result.rejected.lines.sort((a, b) => a.line - b.line);
  return result;
}

function identitiesOf({ incident }: ImportRow): string[] {
  const { id, externalId } = identityOf(incident);
  return [...(id ? [id] : []), ...(externalId ? [`${incident.properties.source}\n${externalId}`] : [])];
}

function readLine(entry: ImportLine, world: World, reject: Reject): ImportRow | undefined {
  if ('fault' in entry) {
    reject(entry.line, entry.fault);
    return undefined;
  }
  try {
    guardBody(entry.feature);
    const { feature, state, isExported, world: named } = reportedIn(entry.feature);
    if (named !== undefined && named !== world.id) {
      reject(
        entry.line,
        lineFault('world', message('line-of-other-world', { named: shown(named), world: world.id })),
      );
      return undefined;
    }
    return {
      line: entry.line,
      incident: ofWorld(check(NewIncident, feature, 'body') as NewIncident, world),
      state: check(State.optional(), state, 'body') as IncidentState | undefined,
      isExported,
    };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    reject(entry.line, faultOf(error));
    return undefined;
  }
}

/** Writes a set; a refused set is halved until only the refused line is left, one that takes too long until it is quick enough. */
async function writeSet(
  store: ImportStore,
  caller: Caller,
  rows: readonly ImportRow[],
  result: ImportResult,
  reject: Reject,
): Promise<void> {
  try {
    const { accepted, updated, unchanged, taken, tooWide, stuck } = await store.writeSet(caller, rows);
    result.accepted += accepted;
    result.updated += updated;
    result.unchanged += unchanged;
    for (const line of taken) reject(line, ID_TAKEN);
    for (const line of tooWide) reject(line, tooWideFor(caller));
    for (const { line, from, to } of stuck) reject(line, stuckIn(from, to));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const isTooLarge = error.code === 'database-slow' && rows.length > 1;
    if ((error.status >= 500 && !isTooLarge) || error.slug === 'world-ended') throw error;
    if (rows.length === 1) return reject(rows[0]!.line, faultOf(error));
    const middle = Math.ceil(rows.length / 2);
    await writeSet(store, caller, rows.slice(0, middle), result, reject);
    await writeSet(store, caller, rows.slice(middle), result, reject);
  }
}

/** Judged here too, so that the other lines of a set are written in one statement. */
function ofWorld(incident: NewIncident, world: World): NewIncident {
  const { nature = world.kind } = incident.properties;
  if (!naturesOf(world).includes(nature))
    throw unprocessable('nature-of-other-world', 'nature-of-other-world', { nature, world: world.id });
  return { ...incident, properties: { ...incident.properties, nature } };
}

function faultOf(problem: Problem): Message {
  const [first, ...others] = problem.errors ?? [];
  const { code, params } = problem;
  return first ? lineFault(first.path, first, others.length) : { code, params };
}
