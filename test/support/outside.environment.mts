import { findSourceMap } from 'node:module';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import { TestEnvironment } from 'jest-environment-node';

// a pattern that a test file writes is one outside its sandbox too
Object.defineProperty(RegExp, Symbol.hasInstance, { value: types.isRegExp });

/** Lets a test file reach the modules that its worker loads once, outside the sandbox that Jest makes for each file. */
export default class OutsideEnvironment extends TestEnvironment {
  constructor(...args: ConstructorParameters<typeof TestEnvironment>) {
    super(...args);
    Object.assign(this.global, { importOutside: (path: string) => import(pathToFileURL(path).href) });
  }

  override async setup(): Promise<void> {
    await super.setup();
    // Jest finds the lines of what it transformed itself, Node those of the modules outside
    const { prepareStackTrace } = Error;
    Error.prepareStackTrace = (error, trace) => withLinesOutside(prepareStackTrace?.(error, trace));
  }
}

const PLACE = /file:\/+([^\s():]+):(\d+):(\d+)/g;

function withLinesOutside(stack: unknown): unknown {
  if (typeof stack !== 'string') return stack;
  return stack.replace(PLACE, (place, path, line, column) => {
    const map = findSourceMap(`file:///${path}`);
    const entry = map?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!entry || !('originalLine' in entry)) return place;
    return `/${path}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}
