import { isUsable, poolerVersion } from '../../test/support/pgbouncer.ts';
import { flood } from './flood.ts';
import { hasPgBackRest, pointInTime } from './point-in-time.ts';
import { behindPooler } from './pooler.ts';
import { promotion } from './promotion.ts';
import { dumpIntoFreshServer, dumpIntoSameServer, folderPutBack } from './restores.ts';
import { soak } from './soak.ts';

/** A piece answers what it has shown in a sentence, or throws. */
interface Piece {
  name: string;
  run: () => Promise<string>;
  /** Measures speed, so it runs only when named, on an idle machine. */
  isMeasurement?: boolean;
}

const PIECES: readonly Piece[] = [
  { name: 'PgBouncer in transaction mode', run: () => behindPooler('transaction') },
  { name: 'PgBouncer in session mode', run: () => behindPooler('session') },
  { name: 'promotion of a synchronous standby', run: promotion },
  { name: 'flood of costly filters', run: flood, isMeasurement: true },
  { name: 'folder put back', run: folderPutBack },
  { name: 'dump restored into the same server', run: dumpIntoSameServer },
  { name: 'dump restored into a fresh server', run: dumpIntoFreshServer },
  { name: 'point in time with pgBackRest', run: pointInTime },
  { name: 'soak', run: soak },
];

const say = (sentence: string) => void process.stdout.write(`${sentence}\n`);
const secondsSince = (startedMs: number) => Math.round((performance.now() - startedMs) / 1000);

const MOST_SECONDS = 180; // of one piece

const tooLong = () =>
  new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`not done after ${MOST_SECONDS} s`)), MOST_SECONDS * 1000).unref();
  });

/** What is missing or too old on this machine, by name. */
function missing(): string[] {
  const version = poolerVersion();
  const faults = hasPgBackRest() ? [] : ['pgBackRest is missing (Debian: pgbackrest).'];
  if (version === undefined) faults.push('PgBouncer is missing (Debian: pgbouncer).');
  else if (!isUsable(version))
    faults.push(`PgBouncer ${version} is too old: 1.21 or later knows prepared statements.`);
  return faults;
}

async function drill(names: readonly string[]): Promise<void> {
  const faults = missing();
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const isChosen = ({ name, isMeasurement = false }: Piece) =>
    names.length === 0 ? !isMeasurement : names.some((part) => name.includes(part));
  const chosen = PIECES.filter(isChosen);
  const startedMs = performance.now();
  for (const { name, run } of chosen) {
    const beganMs = performance.now();
    const shown = await Promise.race([run(), tooLong()]).catch((error: Error) => error);
    if (shown instanceof Error) process.exitCode = 1;
    const text = shown instanceof Error ? `FAILED: ${shown.stack}` : shown;
    say(`${name} (${secondsSince(beganMs)} s): ${text}`);
  }
  say(`${chosen.length} pieces in ${secondsSince(startedMs)} s`);
}

await drill(process.argv.slice(2)).catch((error: Error) => {
  say(error.message);
  process.exitCode = 1;
});
process.exit();
