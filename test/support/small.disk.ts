import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export interface SmallDisk {
  connection: { connectionString: string };
  fill(): void;
  empty(): void;
  close(): Promise<void>;
}

const MEGABYTES = 160;

const call = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'ignore' });

/** Whether the server is on this machine, and disks can be mounted. */
export function canMount(): boolean {
  if (!process.env.TEST_DATABASE_URL || new URL(process.env.TEST_DATABASE_URL).hostname !== '127.0.0.1')
    return false;
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  try {
    mount(folder);
    call('umount', folder);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function mount(folder: string): void {
  call('mount', '-t', 'tmpfs', '-o', `size=${MEGABYTES}m,mode=700`, 'tmpfs', folder);
  call('chown', 'postgres:postgres', folder);
}

/** A disk of its own for a copy of the test database. */
export async function openSmallDisk(): Promise<SmallDisk> {
  const url = new URL(process.env.TEST_DATABASE_URL!);
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  mount(folder);
  const name = `tripoint_test_small_${randomUUID().replaceAll('-', '')}`;
  const asAdmin = async (...texts: string[]) => {
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    for (const text of texts) await client.query(text);
    await client.end();
  };
  await asAdmin(
    `CREATE TABLESPACE ${name} LOCATION '${folder}'`,
    `CREATE DATABASE ${name} TEMPLATE ${process.env.TRIPOINT_TEST_TEMPLATE} TABLESPACE ${name}`,
  );
  const own = new URL(url);
  own.pathname = name;
  const filler = join(folder, 'filler');
  return {
    connection: { connectionString: own.href },
    // dd ends with an error when nothing more fits
    fill: () =>
      call('bash', '-c', `dd if=/dev/zero of=${filler} bs=1M; dd if=/dev/zero of=${filler}2 bs=4k; true`),
    empty: () => call('rm', '-f', filler, `${filler}2`),
    async close() {
      await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`, `DROP TABLESPACE ${name}`);
      call('umount', '-l', folder);
      rmSync(folder, { recursive: true });
    },
  };
}
