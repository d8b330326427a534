import type { PGlite } from '@electric-sql/pglite';

const JUMP_TO_MAIN = 100; // POSTGRES_MAIN_LONGJMP of PGlite: an SQL error, the only orderly way out

/**
 * Calls `die` when PostgreSQL breaks down: a C++ exception of GEOS (an overlay of invalid polygons), a stack overflow,
 * a PANIC (a full disk). PGlite ignores these, the client gets an empty result, and whatever is written next is
 * written by a broken process. Started again it recovers as after any crash.
 */
export function onBreakdown(db: PGlite, die: (cause: unknown) => never): void {
  const module = db.Module;
  const run = module._PostgresMainLoopOnce;
  module._PostgresMainLoopOnce = () => {
    try {
      run();
    } catch (cause) {
      const status = module._pgl_setPGliteExitStatus(0);
      if (status !== JUMP_TO_MAIN) die(cause);
      module._pgl_setPGliteExitStatus(status);
      throw cause;
    }
  };
}
