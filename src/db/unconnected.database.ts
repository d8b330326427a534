import { changeLog } from './change.log.ts';
import type { Database } from './database.ts';

const refuse = (): never => {
  throw new Error('No database is connected: the service is only described.');
};

/** For the description of the service, which needs no database. */
export const unconnected: Database = {
  query: async () => refuse(),
  queryOne: async () => refuse(),
  record: async () => refuse(),
  writeAndRead: async () => refuse(),
  transaction: async () => refuse(),
  maintain: async () => refuse(),
  maintainOne: async () => refuse(),
  apart: () => unconnected,
  admit: refuse,
  changes: changeLog(),
  poolStats: () => ({ size: 0, total: 0, idle: 0, lanes: [] }),
  close: async () => {},
};
