import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/db/schema.files.ts';

/** A generated file as it is committed. */
export const readCommitted = (path: string): string => readFileSync(join(PACKAGE_ROOT, path), 'utf8');
