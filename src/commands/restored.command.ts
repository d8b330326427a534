import { stat } from 'node:fs/promises';
import { type Config, loadConfig } from '../config.ts';
import { asOwner } from '../db/migrations.ts';
import type { Source } from '../db/start.ts';
import { readExport } from '../restore/export.reader.ts';
import { replayStore } from '../restore/replay.store.ts';
import { type Head, readWitness, writeWitness } from '../restore/witness.file.ts';
import { withSource } from './command.source.ts';

export interface RestoredOptions {
  replay?: string;
  nothingElsewhere?: boolean;
}

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

/** Opens the service after a restore: replays what narrowed something since, and stores the identifiers of this place. */
export async function restored(
  { replay, nothingElsewhere = false }: RestoredOptions,
  config: Config = loadConfig(),
): Promise<void> {
  if (replay === undefined && !nothingElsewhere)
    throw new Error(
      'Say what happened after the backup: --replay <export> with an export of the whole audit log (tripoint audit export), or --nothing-elsewhere.',
    );
  if (replay !== undefined && !(await stat(replay).catch(() => undefined)))
    throw new Error(`There is no file ${replay}.`);
  await withSource((source) => openAgain(source, config, { replay, nothingElsewhere }), config);
}

async function openAgain(
  source: Source,
  { TRIPOINT_WITNESS: file }: Config,
  { replay, nothingElsewhere }: { replay: string | undefined; nothingElsewhere: boolean },
): Promise<void> {
  const witness = file === undefined ? undefined : await readWitness(file);
  const head = await asOwner(source.ownerConnection, (knex) =>
    knex.transaction(async (trx) => {
      const store = replayStore(trx);
      const said =
        replay === undefined
          ? 'nothing elsewhere'
          : await replayFrom(store, replay, { witness, nothingElsewhere });
      await store.open(await source.renewNonce?.(), `restored: ${said}`);
      return store.head();
    }),
  );
  if (file !== undefined && head) await writeWitness(file, head);
  say('The database is open. A running service answers within a second or two.');
}

type Store = ReturnType<typeof replayStore>;

async function replayFrom(
  store: Store,
  file: string,
  { witness, nothingElsewhere }: { witness: Head | undefined; nothingElsewhere: boolean },
): Promise<string> {
  await store.load(readExport(file));
  const common = await store.commonHead();
  if (common === undefined)
    throw new Error(`${file} belongs to another database: its log has no entry in common with this one.`);
  const missing = await store.missingHeads(witness);
  if (missing.length > 0 && !nothingElsewhere)
    throw new Error(
      `${file} ends too early: a witness has seen entry ${missing.join(', ')}. Export the newest log that exists. If nobody has it, add --nothing-elsewhere: what was revoked after the end of this export then stays valid.`,
    );
  const newest = await store.newest();
  say(`Replaying the entries after ${common} of ${newest.split(':')[0]}.`);
  for (const { kind, done } of await store.replay(common)) if (done !== '0') say(`  ${kind}: ${done}`);
  return `replayed after ${common} up to ${newest}`;
}
