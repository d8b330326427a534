import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'installation';

/** A random number beside the database, which is in no backup: a copy that is put elsewhere is noticed. */
export const readNonce = (folder: string): Promise<string | undefined> =>
  readFile(join(folder, FILE), 'utf8').then(
    (text) => text.trim(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    },
  );

export async function renewNonce(folder: string): Promise<string> {
  const nonce = randomUUID();
  const file = join(folder, FILE);
  await writeFile(`${file}.new`, `${nonce}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return nonce;
}
