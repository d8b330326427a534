import { loadConfig } from '../config.ts';
import { openSource, type Source } from '../db/start.ts';

/** Opens the configured database for one command. The embedded one refuses while a service runs on its folder. */
export async function withSource<T>(work: (source: Source) => Promise<T>): Promise<T> {
  const source = await openSource(loadConfig(), (sentence) => void process.stderr.write(`${sentence}\n`));
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}
