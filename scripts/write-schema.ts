import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { openEmbedded } from '../src/db/embedded/embedded.ts';
import { asOwner, migrate } from '../src/db/migrations.ts';
import { readCatalogue } from '../src/db/schema.catalogue.ts';
import { migrationFiles } from '../src/db/schema.files.ts';

const CHECKSUMS = 'migrations/checksums.sha256';

/** Lines of landed migrations stay unchanged; new ones are appended. */
function writeChecksums(): void {
  const lines = existsSync(CHECKSUMS) ? readFileSync(CHECKSUMS, 'utf8').trim().split('\n') : [];
  const known = new Set(lines.map((line) => line.split('  ')[1]));
  const added = migrationFiles()
    .map(({ path, checksum }) => [checksum, path.split('/')[1]!] as const)
    .filter(([, name]) => !known.has(name))
    .map((line) => line.join('  '));
  const byName = (line: string) => line.split('  ')[1]!;
  const all = [...lines, ...added].sort((one, other) => (byName(one) < byName(other) ? -1 : 1));
  writeFileSync(CHECKSUMS, `${all.join('\n')}\n`);
}

const embedded = await openEmbedded({ folder: 'memory' });
const structure = await asOwner(embedded.connection, async (knex) => {
  await migrate(knex);
  return readCatalogue(knex);
});
await embedded.close();
writeFileSync('schema/schema.sql', structure);
writeChecksums();

// docs/database.md shows traces of real writes, which its test makes
const { status } = spawnSync('npm', ['test', '--', 'test/database/documented.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, TRIPOINT_WRITE_PAGE: '1' },
});
process.exitCode = status ?? 1;
