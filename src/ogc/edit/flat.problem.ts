import { Problem } from '../../core/problem.ts';
import type { Editor } from './editor.ts';

/** Translates property names in problems to the layer's: `properties.nameEn`, not `properties.names.en`. */
export async function inFlatWords<T>({ paths }: Editor, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Problem && error.errors ? renamed(error, paths) : error;
  }
}

function renamed(problem: Problem, paths: Editor['paths']): Problem {
  const { status, slug, errors = [], extra, headers } = problem;
  const faults = errors.map((fault) => ({ ...fault, path: flatPath(fault.path, paths) }));
  const { code, params } = problem;
  const says = { code, params: { ...params, path: faults[0]?.path } };
  return new Problem({ status, slug, says, errors: faults, extra, headers });
}

function flatPath(path: string, paths: Editor['paths']): string {
  const nested = path.replace(/^properties\./, '');
  const found = Object.entries(paths).find(([, inner]) => inner === nested || inner.startsWith(`${nested}.`));
  return found ? `properties.${found[0]}` : path;
}
