import type { Extension, PGlite } from '@electric-sql/pglite';

type Module = PGlite['Module'] & { ___stack_pointer: WebAssembly.Global<'i32'> };

const JUMP_TO_MAIN = 100; // POSTGRES_MAIN_LONGJMP of PGlite: an SQL error, the only regular exit

/**
 * Corrects the error handling of PGlite 0.5.8. After an SQL error it does not restore the stack pointer: 1,700 errors
 * later each statement fails with "stack depth limit exceeded". It ignores a crash (a trap of WebAssembly, or a PANIC, for
 * example on a full disk): the client gets an empty result, and a broken process goes on writing. Here `die` must end it;
 * after the restart it recovers as after any crash.
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

interface ErrorReports {
  _errstart(level: number, domain: number): number;
  _errmsg_internal(format: number, values: number): number;
  _errfinish(file: number, line: number, routine: number): void;
}
type WasmImports = { env: { __cxa_throw: () => void } };

const ERROR = 21; // elog.h
const GEOS_FAILED = 'GEOS cannot compute this shape.';

/**
 * Makes a C++ exception an SQL error. The PostGIS of this build is compiled without handlers: an exception of GEOS passes
 * through it, and the first function of PostgreSQL with a `setjmp` takes it for a normal return. The statement would then
 * answer "suspended, no rows", and pg would send a second Execute, whose answer belongs to the next question. What GEOS had
 * allocated is lost, as little as it is.
 */
export const exceptionsAsErrors: Extension = {
  name: 'exceptions as errors',
  setup: async (pglite, options) => {
    const db = pglite as PGlite;
    const { instantiateWasm } = options;
    options.instantiateWasm = (imports: WasmImports, done: unknown) => {
      imports.env.__cxa_throw = () => {
        const module = db.Module as Module & ErrorReports;
        module._errstart(ERROR, 0);
        module._errmsg_internal(module.stringToUTF8OnStack(GEOS_FAILED), 0);
        module._errfinish(0, 0, 0);
      };
      return instantiateWasm(imports, done);
    };
    return { emscriptenOpts: options };
  },
};
