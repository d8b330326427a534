import { auditChain } from '../../src/audit/audit.chain.store.ts';
import { openDatabase } from '../../src/db/database.ts';
import type { Cluster } from '../../test/support/cluster.ts';
import { runSoak } from '../soak/run.ts';
import { siteOnServer } from '../soak/sites.ts';
import { type MovingAddress, openAddress } from './moving.address.ts';
import { populate, requireCluster, sentenceOf } from './site.ts';

const SECONDS = 40;

/**
 * The primary dies under writers, followers, streams, webhooks and alerts, and its synchronous standby is promoted:
 * nothing acknowledged is lost, nothing is missed or told twice, no cursor is refused, and the audit chain is whole.
 */
export async function promotion(): Promise<string> {
  const primary = await requireCluster({
    lines: [
      'wal_level = replica',
      'max_wal_senders = 4',
      'synchronous_commit = on',
      `synchronous_standby_names = '*'`,
    ],
  });
  let standby: Cluster | undefined;
  let address: MovingAddress | undefined;
  try {
    // until it exists nothing can be committed
    standby = await primary.addStandby({ lines: [`synchronous_standby_names = ''`] });
    address = await openAddress(primary.port);
    return await loseThePrimary(primary, standby, address);
  } finally {
    await address?.close();
    await standby?.remove();
    await primary.remove();
  }
}

async function loseThePrimary(primary: Cluster, standby: Cluster, address: MovingAddress): Promise<string> {
  const world = await populate(primary);
  const url = `postgres://postgres@127.0.0.1:${address.port}/postgres`;
  const failOver = async () => {
    await primary.stop('immediate');
    await standby.promote();
    address.move(standby.port);
  };
  const site = await siteOnServer(url, world, failOver);
  try {
    const report = await runSoak(site, {
      seconds: SECONDS,
      writes: 30,
      followers: 14,
      readers: world.readers,
      killEverySeconds: 15,
    });
    return `${sentenceOf(report)}, no 410; ${await chainOf(url)} links of the audit chain whole`;
  } finally {
    await site.close();
  }
}

/** How many links of the audit chain are whole. */
async function chainOf(connectionString: string): Promise<string> {
  const db = openDatabase({ connection: { connectionString }, poolSize: 2, statementTimeoutSeconds: 60 });
  try {
    const { whole, broken } = await auditChain(db).verify();
    if (broken) throw new Error(`Link ${broken.seq} of the audit chain is broken: ${broken.reason}`);
    return whole;
  } finally {
    await db.close();
  }
}
