import { runSoak } from '../soak/run.ts';
import { siteOnServer } from '../soak/sites.ts';
import { populate, requireCluster, sentenceOf } from './site.ts';

const SECONDS = 60;

/** Two processes on one database, killed again and again, and one restart of the database, under writers and followers. */
export async function soak(): Promise<string> {
  const cluster = await requireCluster();
  try {
    const world = await populate(cluster);
    const site = await siteOnServer(cluster.url(), world, cluster.restart);
    try {
      const plan = {
        seconds: SECONDS,
        writes: 50,
        followers: 50,
        readers: world.readers,
        killEverySeconds: 15,
      };
      return sentenceOf(await runSoak(site, plan));
    } finally {
      await site.close();
    }
  } finally {
    await cluster.remove();
  }
}
