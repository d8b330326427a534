import type { Extension, PGlite } from '@electric-sql/pglite';

type Module = PGlite['Module'] & { ___stack_pointer: WebAssembly.Global<'i32'> };

const JUMP_TO_MAIN = 100; // POSTGRES_MAIN_LONGJMP of PGlite: an SQL error, the only regular exit

/**
 * Corrects the error handling of PGlite 0.5.8. After an SQL error it does not restore the stack pointer: 1,700 errors
 * later each statement fails with "stack depth limit exceeded". It ignores a crash (a C++ exception of GEOS, for example
 * on an overlay of invalid polygons, or a PANIC, for example on a full disk): the client gets an empty result, and a
 * broken process goes on writing. Here `die` must end it; after the restart it recovers as after any crash.
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

/** The last message of PostgreSQL before a crash, which PGlite does not expose. */
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
