import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findPrograms, openCluster } from './cluster.ts';
import { prepareCluster } from './restores.ts';

export interface SmallDisk {
  connection: { connectionString: string };
  fill(): void;
  empty(): void;
  close(): Promise<void>;
}

const MEGABYTES = 160;

const call = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'ignore' });

/** Whether this machine has PostgreSQL, and disks can be mounted. */
export function canMount(): boolean {
  if (!process.env.TEST_DATABASE_URL || !findPrograms()) return false;
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

/**
 * A database on a disk of its own. The server is its own too: while the disk is full, checkpoints fail for every
 * database of a server.
 */
export async function openSmallDisk(): Promise<SmallDisk> {
  const cluster = (await openCluster())!;
  await prepareCluster(cluster);
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  mount(folder);
  const client = new pg.Client({ connectionString: cluster.url('template1') });
  await client.connect();
  await client.query(`CREATE TABLESPACE small LOCATION '${folder}'`);
  await client.query('CREATE DATABASE small TEMPLATE postgres TABLESPACE small');
  await client.end();
  const filler = join(folder, 'filler');
  return {
    connection: { connectionString: cluster.url('small') },
    // dd ends with an error when nothing more fits
    fill: () =>
      call('bash', '-c', `dd if=/dev/zero of=${filler} bs=1M; dd if=/dev/zero of=${filler}2 bs=4k; true`),
    empty: () => call('rm', '-f', filler, `${filler}2`),
    async close() {
      await cluster.remove();
      call('umount', '-l', folder);
      rmSync(folder, { recursive: true });
    },
  };
}
