import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { z } from 'zod';

/** A seal of the audit log: its id, its place in the chain, and the hash up to there. */
const Head = z.strictObject({
  seal: z.uuid(),
  seq: z.string().regex(/^\d{1,18}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Head = z.infer<typeof Head>;

/** The newest head that was seen, outside the database. undefined: there is no file yet. */
export async function readWitness(file: string): Promise<Head | undefined> {
  try {
    return Head.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(
      `The witness ${file} cannot be read: ${(cause as Error).message}. If it is lost, delete it; a restore before this moment can then not be noticed.`,
      { cause },
    );
  }
}

/**
 * Replaces the file as a whole: a power cut leaves the old head or the new one. A service and a command may write at the same
 * moment, each its own draft.
 */
export async function writeWitness(file: string, head: Head): Promise<void> {
  const name = `${file}.${randomUUID()}.new`;
  try {
    const draft = await open(name, 'wx', 0o600);
    try {
      await draft.writeFile(`${JSON.stringify(head)}\n`);
      await draft.sync();
    } finally {
      await draft.close();
    }
    await rename(name, file);
  } catch (error) {
    await rm(name, { force: true });
    throw error;
  }
}
