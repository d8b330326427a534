import { Readable } from 'node:stream';
import type { ImportProgress, ImportResult } from './import.schema.ts';

/** Runs an import, and tells after each set how far it is. */
export type ImportRun = (tell: (soFar: ImportResult) => void) => Promise<ImportResult>;

/**
 * The progress of an import as lines of JSON, and its result as the last one. A failure before the first line fails the
 * stream; later it is the last line, because the status has left by then.
 */
export function progressLines(run: ImportRun, problemOf: (error: unknown) => object): Readable {
  const lines = new Readable({ read() {} });
  let isBegun = false;
  const write = (line: object) => {
    isBegun = true;
    lines.push(`${JSON.stringify(line)}\n`);
  };
  run((soFar) => write({ progress: progressOf(soFar) })).then(
    (result) => {
      write({ result });
      lines.push(null);
    },
    (error) => {
      // the client has left
      if (lines.destroyed) return;
      if (!isBegun) return lines.destroy(error);
      write({ problem: problemOf(error) });
      lines.push(null);
    },
  );
  return lines;
}

const progressOf = ({ accepted, updated, unchanged, rejected: { total } }: ImportResult): ImportProgress => ({
  lines: accepted + updated + unchanged + total,
  accepted,
  updated,
  unchanged,
  rejected: total,
});
