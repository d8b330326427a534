import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** An entry of an exported log, as far as it can be replayed. */
export interface LoggedEntry {
  seq: string;
  hash: string;
  at: string;
  agency: string | null;
  action: string;
  collection: string;
  target: string | null;
  detail: string | null;
}

const FIRST_HASH = '00'.repeat(32);
// Twin: base.audit_text in schema/audit/sealing.functions.sql, compared by test/restores/replay.test.ts.
const PLACES = { at: 2, agency: 3, action: 8, collection: 11, target: 12, detail: 20 } as const;

/**
 * Reads an export of the whole log and recomputes its chain. The facts come from the text that is hashed, not from the
 * JSON beside it.
 */
export async function* readExport(file: string): AsyncGenerator<LoggedEntry> {
  let last = { seq: '0', hash: FIRST_HASH };
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (line === '') continue;
    const entry = entryOf(line, last);
    yield entry;
    last = entry;
  }
}

function entryOf(line: string, last: { seq: string; hash: string }): LoggedEntry {
  const { seq: given, hash: said, text } = JSON.parse(line) as { seq: number; hash: string; text: string };
  const seq = String(given);
  const hash = createHash('sha256').update(Buffer.from(last.hash, 'hex')).update(text).digest('hex');
  if (BigInt(seq) !== BigInt(last.seq) + 1n || hash !== said)
    throw new Error(
      `The export is broken after entry ${last.seq}: the chain does not go on. Export the whole log again: tripoint audit export`,
    );
  const fields = fieldsOf(text);
  const at = new Date(Number(fields[PLACES.at]) * 1000).toISOString();
  const named = (place: keyof typeof PLACES) => fields[PLACES[place]] ?? null;
  return {
    seq,
    hash,
    at,
    agency: named('agency'),
    action: named('action')!,
    collection: named('collection')!,
    target: named('target'),
    detail: named('detail'),
  };
}

/** The fields of a row as PostgreSQL writes it: `(1,"a ""b""",)`; an empty field without quotes is NULL. */
export function fieldsOf(row: string): (string | null)[] {
  const fields: (string | null)[] = [];
  const field = /"((?:[^"\\]|""|\\.)*)"(?=[,)])|([^,)"]*)(?=[,)])/gy;
  for (let at = 1; at < row.length; at = field.lastIndex + 1) {
    field.lastIndex = at;
    const [, quoted, plain] = field.exec(row) ?? [];
    if (quoted === undefined && plain === undefined)
      throw new Error('An entry of the export cannot be read.');
    fields.push(quoted === undefined ? plain || null : quoted.replace(/""|\\(.)/gs, (_, c) => c ?? '"'));
  }
  return fields;
}
