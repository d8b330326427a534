import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openProcesses, type Processes } from '../support/processes.ts';
import { openThreeLogins, type ThreeLogins } from '../support/three.logins.ts';

// The embedded database has one login.
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;

const BLOCK = /```sh\n(export DATABASE_ADMIN_URL=[\s\S]*?)```/;
const END = /```sh\n(npm run tripoint -- world end[\s\S]*?)```/;
const blockOf = (page: string) => BLOCK.exec(readFileSync(page, 'utf8'))![1]!;

onServer('the commands of docs/worlds.md, with logins of their own', () => {
  let server: ThreeLogins;
  let processes: Processes;
  let actual: Record<string, string>;
  let autumn: Record<string, string>;
  const autumnUrl = () => server.adminUrl.replace(/tripoint$/, 'autumn');
  beforeAll(async () => {
    server = await openThreeLogins();
    processes = await openProcesses();
    await server.shell(blockOf('docs/operations.md').replace(/\nnpm start$/m, ''));
    actual = await server.settings();
    const commands = blockOf('docs/worlds.md')
      .replace('postgres://postgres@127.0.0.1:5432/autumn', autumnUrl())
      .replaceAll('autumn.env', 'tripoint.env')
      .replace('"$ACTUAL_OWNER_URL"', actual.DATABASE_OWNER_URL!);
    await server.shell(commands);
    autumn = await server.settings();
  }, 180_000);
  afterAll(async () => {
    await processes.end();
    await server.close();
  });

  test('make an exercise beside the actual world', async () => {
    const { output } = await processes.run(['world', 'show'], autumn);
    expect(output).toMatch(/^exercise autumn: .*planned: 2026-12-01T00:00:00\.000Z to 2026-12-05/s);
    const counts = `SELECT (SELECT count(*) FROM base.segment) AS segments, (SELECT count(*) FROM base.api_key) AS keys`;
    expect(await server.asAdmin(counts, autumnUrl())).toEqual([{ segments: '50', keys: '1' }]);
  });

  test('let no login of one world into the other', async () => {
    const [row] = await server.asAdmin(`
      SELECT array_agg(format('%s %s', r.rolname, d.datname) ORDER BY 1) AS pairs FROM pg_roles AS r, pg_database AS d
      WHERE r.rolname ~ '_(owner|web|jobs)$' AND d.datname IN ('autumn', 'tripoint')
        AND has_database_privilege(r.oid, d.oid, 'CONNECT')`);
    const expected = ['owner', 'web', 'jobs'].flatMap((work) => [
      `tripoint_${work} tripoint`,
      `tripoint_autumn_${work} autumn`,
    ]);
    expect((row!.pairs as string[]).sort()).toEqual(expected.sort());
  });

  test('refuse default logins that belong to another database', async () => {
    const { code, output } = await processes.run(['roles'], { DATABASE_ADMIN_URL: autumnUrl() });
    expect(`${code} ${output}`).toMatch(
      /^1 .*tripoint_\w+ is a login of the database tripoint, and each world has its own\. Add --world/s,
    );
  });

  test('end the exercise and drop it, as the owner login', async () => {
    const commands = END.exec(readFileSync('docs/worlds.md', 'utf8'))![1]!;
    const output = await server.shell(
      `set -a; . ./tripoint.env; set +a\n${commands.replace('"$ACTUAL_OWNER_URL"', actual.DATABASE_OWNER_URL!)}`,
    );
    expect(output).toContain('The exercise autumn is dropped');
    expect(await server.asAdmin(`SELECT FROM pg_database WHERE datname = 'autumn'`)).toEqual([]);
    const [row] = await server.asAdmin(`
      SELECT count(*) FILTER (WHERE action = 'purge') > 15 AS proofs, max(detail) FILTER (WHERE action = 'remove') AS drop
      FROM base.audit_entry WHERE collection = 'worlds' AND target = 'autumn'`);
    expect(row).toEqual({ proofs: true, drop: expect.stringMatching(/^exercise dropped; ended 20/) });
  }, 60_000);
});
