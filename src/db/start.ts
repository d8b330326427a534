import type { Knex } from 'knex';
import type { ClientConfig } from 'pg';
import { ALONE, type Siblings } from '../core/siblings.ts';
import { type ChangeListener, listenForChanges } from './change.listener.ts';
import { changeLog, readChange } from './change.log.ts';
import { type Database, type MaintenanceRole, openDatabase } from './database.ts';
import { readNonce, renewNonce } from './embedded/folder.nonce.ts';
import { asOwner, migrate } from './migrations.ts';
import { findImage, keepImage } from './new.database.ts';
import { sql } from './sql.ts';

/** A running database, before the service connects to it. */
export interface Source {
  /** Description for humans. */
  description: string;
  isEmbedded: boolean;
  /** Connection of the owner of the tables. */
  ownerConnection: ClientConfig;
  connection: ClientConfig;
  /** Connection of the jobs, if they have their own login. */
  jobsConnection?: ClientConfig;
  /** A connection that keeps its session, for LISTEN. */
  listenConnection: ClientConfig;
  /** Random number in the folder of the embedded database, and one in its place. undefined: on a server, or in memory. */
  nonce?: string | undefined;
  renewNonce?: () => Promise<string>;
  /** Ends the embedded database and starts it again. */
  restart?: () => void;
  /** Writes the service's address into the folder lock, for other processes. */
  announce(address: { host: string; port: number }): Promise<void>;
  close(): Promise<void>;
}

/** The database, its concurrency and its time limit. */
export interface DatabaseConfig {
  DATABASE_URL?: string | undefined;
  DATABASE_OWNER_URL?: string | undefined;
  DATABASE_JOBS_URL?: string | undefined;
  DATABASE_LISTEN_URL?: string | undefined;
  DATABASE_POOL_SIZE: number;
  STATEMENT_TIMEOUT_SECONDS: number;
  TRIPOINT_DATA: string;
}

/** Commands of the owner need no other URL than its own. */
export const serverOf = ({
  DATABASE_URL,
  DATABASE_OWNER_URL,
}: Pick<DatabaseConfig, 'DATABASE_URL' | 'DATABASE_OWNER_URL'>): string | undefined =>
  DATABASE_URL ?? DATABASE_OWNER_URL;

/** The server of DATABASE_URL, or the migrated embedded database. */
export async function openSource(config: DatabaseConfig, log: (sentence: string) => void): Promise<Source> {
  const url = serverOf(config);
  if (url) {
    return {
      description: `PostgreSQL server ${withoutPassword(url)}`,
      isEmbedded: false,
      connection: { connectionString: url },
      listenConnection: { connectionString: config.DATABASE_LISTEN_URL ?? url },
      ownerConnection: { connectionString: config.DATABASE_OWNER_URL ?? url },
      ...(config.DATABASE_JOBS_URL && { jobsConnection: { connectionString: config.DATABASE_JOBS_URL } }),
      announce: async () => {},
      close: async () => {},
    };
  }
  // loaded on demand
  const { openEmbedded } = await import('./embedded/embedded.ts');
  const image = findImage();
  const embedded = await openEmbedded({ folder: config.TRIPOINT_DATA, ...(image && { image }), log });
  const folder = config.TRIPOINT_DATA === 'memory' ? undefined : config.TRIPOINT_DATA;
  const nonce = await asOwner(embedded.connection, async (knex) => {
    await migrate(knex, { log });
    // a build that cannot be written does without
    if (folder && embedded.isNew && !image) await keepImage(embedded.copyTo).catch(() => {});
    return folder && nonceOf(knex, folder);
  });
  return {
    description: `embedded PostgreSQL with PostGIS, data ${folder ? `in ${folder}` : 'in memory, not kept'}`,
    isEmbedded: true,
    connection: embedded.connection,
    listenConnection: embedded.connection,
    ownerConnection: embedded.connection,
    ...(folder && { nonce, renewNonce: () => renewNonce(folder) }),
    restart: () => void embedded.restart().catch((error: Error) => log(error.message)),
    announce: embedded.announce,
    close: () => embedded.close(),
  };
}

/** The first start gives a folder its nonce. */
async function nonceOf(knex: Knex, folder: string): Promise<string | undefined> {
  const nonce = await readNonce(folder);
  if (nonce !== undefined) return nonce;
  const { rows } = await knex.raw('SELECT EXISTS (SELECT FROM base.installation) AS found');
  return rows[0].found ? undefined : renewNonce(folder);
}

/** Connections that jobs with their own login use at a time. */
const MOST_OF_JOBS = 5;

const CHANGES = 'changes';

/** The database as its callers and the jobs use it. */
export function connectTo(source: Source, config: DatabaseConfig, siblings: Siblings = ALONE): Database {
  const changes = changeLog();
  siblings.answer(CHANGES, (told: string[]) => {
    for (const change of told) changes.note(readChange(change));
  });
  const shared = {
    changes,
    statementTimeoutSeconds: config.STATEMENT_TIMEOUT_SECONDS,
    ...(siblings.count > 1 && { tellSiblings: (told: readonly string[]) => siblings.ask(CHANGES, told) }),
  };
  const db = openDatabase({
    ...shared,
    connection: source.connection,
    // the embedded database has one connection
    poolSize: source.isEmbedded ? 1 : config.DATABASE_POOL_SIZE,
    isShared: !source.isEmbedded,
    ...(source.restart && { endStuckStatement: source.restart }),
  });
  if (!source.jobsConnection) return db;
  const jobs = openDatabase({
    ...shared,
    connection: source.jobsConnection,
    poolSize: Math.min(MOST_OF_JOBS, config.DATABASE_POOL_SIZE),
  });
  return maintainedBy(db, jobs);
}

/** Statements of callers run with one login, those of maintenance roles with another. */
const maintainedBy = (db: Database, jobs: Database): Database => ({
  ...db,
  maintain: jobs.maintain,
  maintainOne: jobs.maintainOne,
  apart: () => maintainedBy(db.apart(), jobs.apart()),
  admit: (check) => {
    db.admit(check);
    jobs.admit(() => check());
  },
  close: async () => void (await Promise.all([db.close(), jobs.close()])),
});

/** Rejects unless the login of the jobs may act as this role. */
export const tryRole = (db: Database, role: string): Promise<unknown> =>
  db.maintain(role as MaintenanceRole, sql`SELECT 1`);

/** Starts LISTEN for changes of other processes; the embedded database has no other processes. */
export function hearChanges(
  { isEmbedded, listenConnection }: Source,
  { changes }: Database,
  warn: (error: unknown) => void,
): ChangeListener {
  if (!isEmbedded) return listenForChanges({ connection: listenConnection, changes, warn });
  changes.resume();
  return { stop: async () => {} };
}

const withoutPassword = (url: string): string => {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
};
