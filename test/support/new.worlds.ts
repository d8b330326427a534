import pg from 'pg';
import type { Processes } from './processes.ts';
import { createServerDatabase, dropServerDatabase } from './server.database.ts';

export const AUTUMN = [
  ...['--exercise', 'autumn', '--participants', 'DZA,TUN'],
  ...['--name-en', 'Autumn', '--name-fr', 'Automne', '--name-ar', 'خريف'],
];

/** A new, empty database on the server, and the commands of a world on it. */
export async function openNewWorld(processes: Processes) {
  const { name, connection } = await createServerDatabase();
  const url = connection.connectionString;
  return {
    url,
    name,
    connection,
    /** A command; it must succeed. */
    async run(...args: string[]): Promise<string> {
      const { code, output } = await processes.run(args, { DATABASE_URL: url });
      if (code !== 0) throw new Error(output);
      return output;
    },
    /** A command that fails. */
    async refusal(...args: string[]): Promise<string> {
      const { code, output } = await processes.run(args, { DATABASE_URL: url });
      if (code === 0) throw new Error(`It was not refused: ${output}`);
      return output;
    },
    rows: (text: string) => rowsOf(url, text),
    drop: () => dropServerDatabase(name),
  };
}
export type NewWorld = Awaited<ReturnType<typeof openNewWorld>>;

// biome-ignore lint/suspicious/noExplicitAny: rows of any statement
export async function rowsOf(connectionString: string, text: string): Promise<any[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
