import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { asOwner } from '../../src/db/migrations.ts';
import { readCatalogue } from '../../src/db/schema.catalogue.ts';
import { anIncident } from '../support/builders.ts';
import { clientFolder } from '../support/client.programs.ts';
import { readCommitted } from '../support/committed.schema.ts';
import { eventually } from '../support/eventually.ts';
import { openProcesses, type Processes, type Running } from '../support/processes.ts';
import { openThreeLogins, type ThreeLogins } from '../support/three.logins.ts';
import { openReceiver, type Receiver } from '../support/webhook.receiver.ts';

// The embedded database has one login.
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;
const BLOCK = /```sh\n(export DATABASE_ADMIN_URL=[\s\S]*?)```/;
const run = promisify(execFile);
const TOKEN = 'token of the monitor';
const OWNERS = `
      SELECT DISTINCT relowner::regrole::text AS owner FROM pg_class
      WHERE relnamespace IN ('base'::regnamespace, 'tripoint'::regnamespace)
      UNION SELECT proowner::regrole::text FROM pg_proc
      WHERE pronamespace IN ('base'::regnamespace, 'tripoint'::regnamespace)`;
const JOBS = {
  tripoint_sealer: ['sealing'],
  tripoint_purger: ['incident-purge', 'session-purge'],
  tripoint_clock: ['feed-clock', 'change-purge'],
  tripoint_alerter: ['alert-evaluation', 'alert-purge', 'slow-filters'],
  tripoint_watch: ['impact-watch', 'overdue-watch'],
  tripoint_courier: ['webhook-delivery', 'delivery-sweep'],
};

onServer('the three logins of docs/operations.md', () => {
  let server: ThreeLogins;
  let processes: Processes;
  let receiver: Receiver;
  let running: Running;
  let service: Record<string, string>;
  let owner: Record<string, string>;
  const keys: Record<string, string> = {};

  beforeAll(async () => {
    server = await openThreeLogins();
    processes = await openProcesses();
    receiver = await openReceiver();
    const commands = BLOCK.exec(readFileSync('docs/operations.md', 'utf8'))![1]!.trim();
    await server.shell(commands.replace(/\nnpm start$/, ''));
    const { DATABASE_OWNER_URL, ...others } = await server.settings();
    owner = { DATABASE_OWNER_URL: DATABASE_OWNER_URL! };
    const witness = join(processes.folder, 'witness');
    service = { ...others, WEBHOOK_ALLOW: '127.0.0.1', TRIPOINT_WITNESS: witness };
    for (const role of ['reporter', 'operator', 'coordinator', 'auditor']) keys[role] = await createKey(role);
    running = await processes.start(service);
  }, 180_000);
  afterAll(async () => {
    await processes.end();
    await receiver.close();
    await server.close();
  });

  async function createKey(role: string): Promise<string> {
    const args = ['keys', 'create', '--agency', 'tun-garde-nationale', '--role', role, '--json'];
    return JSON.parse((await processes.run(args, owner)).output).key;
  }

  async function ask(path: string, role: string, body?: object) {
    const answer = await fetch(`${running.url}/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'X-API-Key': keys[role]!, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const content = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${content.detail}`);
    return content;
  }

  test('start a service without a warning', () => expect(running.output()).not.toMatch(/"level":[456]/));

  test('alert and deliver', async () => {
    await ask('/webhooks', 'coordinator', { url: receiver.url });
    await ask('/subscriptions', 'operator', {
      triggers: ['created'],
      natures: ['actual', 'exercise', 'test'],
    });
    const { id } = await ask('/incidents', 'reporter', anIncident({ occurredAt: new Date().toISOString() }));
    await receiver.until(() => receiver.received.some(({ body }) => body.data.properties.incident === id));
  });

  test('tell what time changes', async () => {
    const { cursor } = await ask('/changes', 'operator');
    const to = new Date(Date.now() + 2000).toISOString();
    await ask('/crossings/bouchebka/status', 'operator', { state: 'closed', to, source: 'test' });
    let after = cursor;
    const seen: string[] = [];
    await eventually(async () => {
      const page = await ask(`/changes?after=${after}`, 'operator');
      after = page.cursor;
      seen.push(...page.changes.filter(({ id }: { id: string }) => id === 'bouchebka'));
      return seen.length === 2;
    });
  });

  test('seal the audit log, as the owner can verify', async () => {
    await eventually(async () => (await ask('/audit', 'auditor')).entries.length > 0);
    await eventually(async () => {
      const { output } = await processes.run(['audit', 'verify'], owner);
      expect(output).toMatch(/^All \d+ links are intact/);
      return output.includes('All entries are sealed.');
    });
  });

  test('own the tables, or nothing', async () => {
    const owners = await server.asAdmin(OWNERS);
    expect(owners).toEqual([{ owner: 'tripoint_owner' }]);
    const client = new pg.Client({ connectionString: service.DATABASE_URL });
    await client.connect();
    const jobs = await server.asAdmin(`
      SELECT m.roleid::regrole::text AS role FROM pg_auth_members AS m WHERE m.member = 'tripoint_jobs'::regrole ORDER BY 1`);
    expect(jobs.map(({ role }) => role)).toEqual(Object.keys(JOBS).sort());
    for (const text of ['TABLE base.incident', 'TABLE tripoint.incident', 'SET ROLE tripoint_sealer'])
      await expect(client.query(text)).rejects.toThrow(/permission denied/);
    await client.end();
  });

  test('make the structure of schema/schema.sql', async () => {
    expect(await asOwner(server.adminUrl, readCatalogue)).toBe(readCommitted('schema/schema.sql'));
  });

  test('stay as they are when the command runs again, which mends what has drifted', async () => {
    const memberships = () =>
      server.asAdmin(
        `SELECT m.member::regrole::text, m.roleid::regrole::text FROM pg_auth_members AS m ORDER BY 1, 2`,
      );
    const before = await memberships();
    await server.asAdmin(`
      REVOKE tripoint_clock FROM tripoint_jobs;
      GRANT tripoint_sealer TO tripoint_web;
      ALTER ROLE tripoint_web CREATEROLE;
      ALTER TABLE base.incident OWNER TO postgres`);
    const { code, output } = await processes.run(['roles'], { DATABASE_ADMIN_URL: server.adminUrl });
    expect(output).toMatch(/DATABASE_JOBS_URL: the password is unchanged/);
    expect({ code, memberships: await memberships() }).toEqual({ code: 0, memberships: before });
    const [web] = await server.asAdmin(`SELECT rolcreaterole FROM pg_roles WHERE rolname = 'tripoint_web'`);
    expect(web).toEqual({ rolcreaterole: false });
    expect((await processes.run(['migrate'], owner)).output).toMatch(/up to date/);
    await ask('/incidents', 'reporter', anIncident());
  });

  test('take names and passwords from the settings', async () => {
    const url = new URL(service.DATABASE_URL!);
    url.username = 'own_web';
    url.password = 'secret%20of%20mine';
    const settings = { DATABASE_ADMIN_URL: server.adminUrl, DATABASE_URL: url.href };
    const { output } = await processes.run(['roles'], settings);
    expect(output).not.toContain('secret');
    const client = new pg.Client({
      host: url.hostname,
      port: Number(url.port),
      database: 'tripoint',
      user: 'own_web',
      password: 'secret of mine',
    });
    await client.connect();
    await client.query('SET ROLE tripoint_service');
    await client.end();
    const refused = await processes.run(['roles'], { ...settings, DATABASE_URL: server.adminUrl });
    expect(refused.output).toMatch(/DATABASE_URL names postgres, a superuser/);
  });

  test('take a dump of their database on a fresh server, without an error, with their rights', async () => {
    const bin = clientFolder()!;
    const other = await openThreeLogins();
    const file = join(process.env.TRIPOINT_TEST_FOLDER!, 'logins.dump');
    await run(join(bin, 'pg_dump'), ['--format=custom', `--file=${file}`, server.adminUrl]);
    await processes.run(['roles'], { DATABASE_ADMIN_URL: other.adminUrl });
    await run(join(bin, 'pg_restore'), ['--exit-on-error', `--dbname=${other.adminUrl}`, file]);
    const [before, after] = await Promise.all(
      [server, other].map(({ adminUrl }) => asOwner(adminUrl, readCatalogue)),
    );
    expect(after).toBe(before);
    expect(await other.asAdmin(OWNERS)).toEqual([{ owner: 'tripoint_owner' }]);
    await other.close();
  });

  describe.each(Object.entries(JOBS))('without %s', (role, names) => {
    test('the start and /readyz name the jobs that may not run, and they run once it is granted', async () => {
      await server.asAdmin(`REVOKE ${role} FROM tripoint_jobs`);
      const other = await processes.start({ ...service, MONITOR_TOKEN: TOKEN }, '/healthz');
      const said = () => other.output().match(/The job [\w-]+ may not run/g) ?? [];
      await eventually(() => said().length >= names.length);
      expect(said().sort()).toEqual(names.map((name) => `The job ${name} may not run`).sort());
      expect(other.output()).toContain(`is not a member of ${role}. Run: tripoint roles`);
      const readyz = () => fetch(`${other.url}/readyz`, { headers: { Authorization: `Bearer ${TOKEN}` } });
      await eventually(async () => (await readyz()).status === 503);
      const { detail, faults } = await (await readyz()).json();
      expect(detail).toBe('The service is not ready: jobs.');
      for (const name of names) expect(JSON.stringify(faults)).toContain(`The job ${name} may not run`);
      await server.asAdmin(`GRANT ${role} TO tripoint_jobs`);
      await eventually(async () => (await readyz()).ok, 90_000);
      other.child.kill('SIGTERM');
    });
  });
});
