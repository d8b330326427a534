import { randomUUID } from 'node:crypto';
import pg from 'pg';

export interface ServerDatabase {
  name: string;
  connection: { connectionString: string };
}

const adminUrl = (): string => process.env.TEST_DATABASE_URL!;

async function asAdmin(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

export async function createServerDatabase(template?: string): Promise<ServerDatabase> {
  const name = `tripoint_test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(`CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`);
  const url = new URL(adminUrl());
  url.pathname = name;
  return { name, connection: { connectionString: url.href } };
}

export const dropServerDatabase = (name: string): Promise<void> =>
  asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
