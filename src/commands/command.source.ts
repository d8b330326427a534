import { type Config, loadConfig } from '../config.ts';
import { openSource, type Source } from '../db/start.ts';

/** Opens the configured database for one command. The embedded one refuses while a service uses its folder. */
export async function withSource<T>(
  work: (source: Source, config: Config) => Promise<T>,
  config: Config = loadConfig(),
): Promise<T> {
  const source = await openSource(config, (sentence) => void process.stderr.write(`${sentence}\n`));
  try {
    return await work(source, config);
  } finally {
    await source.close();
  }
}
