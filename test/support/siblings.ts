import { mkdtempSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import type { Siblings } from '../../src/core/siblings.ts';
import { changeLog, readChange } from '../../src/db/change.log.ts';
import { type Database, type DatabaseSettings, openDatabase } from '../../src/db/database.ts';
import { type PassOn, passOnTo } from '../../src/http/pass.on.ts';
import { answerPassedOn } from '../../src/http/passed.on.ts';

/** What distinguishes a process among its siblings. */
interface Seat {
  db: Database;
  siblings: Siblings;
  elsewhere: PassOn | undefined;
}

type Reply = (message: never) => unknown;
const CHANGES = 'changes';

/** Siblings in one process, which tell each other what a message of another process would carry. */
function siblingsTogether(count: number): Siblings[] {
  const replies = Array.from({ length: count }, () => new Map<string, Reply>());
  return replies.map((own, i) => ({
    number: i + 1,
    count,
    answer: (topic, reply) => void own.set(topic, reply),
    ask: <Answer>(topic: string, message?: unknown) =>
      Promise.all(
        replies
          .filter((other) => other !== own)
          .map(async (other) => asSent(await other.get(topic)?.(asSent(message) as never)) as Answer),
      ),
  }));
}

const asSent = (message: unknown): unknown =>
  message === undefined ? undefined : JSON.parse(JSON.stringify(message));

/** The connections of so many processes to one database; each hears at once what another wrote, as the service has it. */
export function openSiblings(count: number, settings: DatabaseSettings): Database[] {
  const databases = siblingsTogether(count).map((siblings) => {
    const changes = changeLog();
    siblings.answer(CHANGES, (told: string[]) => {
      for (const change of told) changes.tell(readChange(change));
    });
    return openDatabase({ ...settings, changes, tellSiblings: (told) => siblings.ask(CHANGES, told) });
  });
  for (const one of databases) together.set(one, databases);
  return databases;
}

const together = new WeakMap<Database, readonly Database[]>();

/** The connections of all processes of a service, given those of one. */
export const allOf = (one: Database): readonly Database[] => together.get(one) ?? [one];

/** An app that answers as several processes do: each takes every so-manieth request, and the last one has the files. */
export function takingTurns(databases: readonly Database[], appOf: (seat: Seat) => Express) {
  const folder = mkdtempSync(join(tmpdir(), 'tripoint-siblings-'));
  const socket = join(folder, 'files');
  const group = siblingsTogether(databases.length);
  const last = databases.length - 1;
  const apps = databases.map((db, i) =>
    appOf({ db, siblings: group[i]!, elsewhere: i < last ? passOnTo(socket, group[i]!) : undefined }),
  );
  const passedOn = answerPassedOn(apps[last]!, socket, group[last]!);
  let turn = 0;
  const app: RequestListener = (req, res) =>
    void passedOn.then(() => apps[turn++ % apps.length]!(req as never, res as never));
  const close = async () => {
    await (await passedOn).close();
    rmSync(folder, { recursive: true });
  };
  return { app: app as Express, close };
}
