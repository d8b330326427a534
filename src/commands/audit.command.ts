import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { auditChain, type ChainVerdict } from '../audit/audit.chain.store.ts';
import { openDatabase } from '../db/database.ts';
import { withSource } from './command.source.ts';

const LONGEST_STATEMENT_SECONDS = 3600;

const SealOptions = z.object({ every: z.coerce.number().positive().max(3600).optional() });

const Head = z
  .string()
  .regex(/^\d{1,18}:[0-9a-f]{64}$/, 'must be a head as printed by `tripoint audit head`, such as 123:0a1b…')
  .transform((text) => ({ seq: text.split(':')[0]!, hash: text.split(':')[1]! }));

export const auditCommands = {
  seal: (options: unknown) => {
    const { every } = read(SealOptions, options);
    return withChain(async (chain) => {
      const sealed = await chain.seal({ isThorough: true });
      if (every === undefined) return say(`Sealed ${sealed} entries.`);
      for (;;) {
        await sleep(every * 1000);
        await chain.seal();
      }
    });
  },

  verify: ({ head }: { head?: string }) =>
    withChain(async (chain) => {
      const { whole, broken, unsealed } = await chain.verify(
        head === undefined ? undefined : read(Head, head),
      );
      await say(
        broken
          ? `Broken at ${broken.seq}: ${broken.reason}. The ${whole} links before it are intact.`
          : `All ${whole} links are intact.`,
      );
      await sayUnsealed(unsealed);
      if (broken) process.exitCode = 1;
    }),

  head: () =>
    withChain(async (chain) => {
      const head = await chain.head();
      if (!head) throw new Error('No entry is sealed yet.');
      await say(`${head.seq}:${head.hash}`);
    }),

  export: () => withChain((chain) => chain.export(write)),
};

async function sayUnsealed({ count, oldest }: ChainVerdict['unsealed']): Promise<void> {
  if (count === 0) return say('All entries are sealed.');
  await say(`Entries not sealed yet: ${count}${count > oldest.length ? ', the oldest of them:' : ''}`);
  for (const { at, agency, action, collection, target } of oldest)
    await say(
      `  ${at} ${agency ?? 'the owner of the tables'}: ${action} ${collection} ${target ?? ''}`.trimEnd(),
    );
}

const withChain = (work: (chain: ReturnType<typeof auditChain>) => Promise<void>): Promise<void> =>
  withSource(async ({ ownerConnection }) => {
    const db = openDatabase({
      connection: ownerConnection,
      poolSize: 1,
      statementTimeoutSeconds: LONGEST_STATEMENT_SECONDS,
    });
    try {
      await work(auditChain(db));
    } finally {
      await db.close();
    }
  });

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return parsed.data;
}

/** Waits for a slow reader. */
const write = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });

const say = (sentence: string): Promise<void> => write(`${sentence}\n`);
