import type { Extension, PGlite } from '@electric-sql/pglite';

type Module = PGlite['Module'] & { ___stack_pointer: WebAssembly.Global<'i32'> };

const JUMP_TO_MAIN = 100; // POSTGRES_MAIN_LONGJMP of PGlite: an SQL error, the only orderly way out

/**
 * Mends what PGlite 0.5.8 does when a statement fails. After an SQL error it leaves the stack pointer where it was: 1,700
 * errors later each statement fails with "stack depth limit exceeded". A breakdown (a C++ exception of GEOS, which an
 * overlay of invalid polygons throws, or a PANIC, as on a full disk) it ignores: the client gets an empty result, and
 * whatever comes next is written by a broken process. Here `die` has to end it; started again it recovers as after any
 * crash.
 */
export function mendErrors(db: PGlite, die: (cause: unknown) => never): void {
  const module = db.Module as Module;
  const run = module._PostgresMainLoopOnce;
  module._PostgresMainLoopOnce = () => {
    const stackPointer = module.___stack_pointer.value;
    try {
      run();
    } catch (cause) {
      const status = module._pgl_setPGliteExitStatus(0);
      if (status !== JUMP_TO_MAIN) die(cause);
      module._pgl_setPGliteExitStatus(status);
      module.___stack_pointer.value = stackPointer;
      throw cause;
    }
  };
}

/** What PostgreSQL wrote last before it gave up; PGlite keeps it to itself. */
export function listenToComplaints(): { extension: Extension; last(): string | undefined } {
  let last: string | undefined;
  const setup: Extension['setup'] = async (_, options) => {
    options.printErr = (line: string) => {
      if (/FATAL:|PANIC:/.test(line)) last = line.replace(/^.*?(FATAL|PANIC):\s*/, '');
    };
    return { emscriptenOpts: options };
  };
  return { extension: { name: 'complaints', setup }, last: () => last };
}
