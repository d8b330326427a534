import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { type Config, loadConfig } from '../config.ts';
import { asOwner } from '../db/migrations.ts';
import {
  applyLogins,
  createDatabase,
  type FoundLogin,
  findLogins,
  type Login,
  roleNames,
} from '../db/roles.store.ts';

const SETTINGS = ['DATABASE_OWNER_URL', 'DATABASE_URL', 'DATABASE_JOBS_URL'] as const;
type Setting = (typeof SETTINGS)[number];

const SERVICE_ROLE = 'tripoint_service';
const WORK: Record<Setting, string> = {
  DATABASE_OWNER_URL: 'owner',
  DATABASE_URL: 'web',
  DATABASE_JOBS_URL: 'jobs',
};
// The owner acts as the sealer for `audit seal`, `verify` and `export`, as the purger for `purge`.
const ROLES: Record<Setting, () => string[]> = {
  DATABASE_OWNER_URL: () => [SERVICE_ROLE, 'tripoint_sealer', 'tripoint_purger'],
  DATABASE_URL: () => [SERVICE_ROLE],
  DATABASE_JOBS_URL: () => roleNames().filter((name) => name !== SERVICE_ROLE),
};
const MEANINGS: Record<Setting, string> = {
  DATABASE_OWNER_URL: 'owns the tables: for migrate, seed, keys, audit and purge. Not for the service.',
  DATABASE_URL: 'serves requests; owns nothing.',
  DATABASE_JOBS_URL: 'for the jobs of the service: seals, purges, clocks, alerts and delivers.',
};

interface PlannedLogin {
  setting: Setting;
  name: string;
  /** Absent: stays as it is. */
  password?: string | undefined;
  /** The setting has it already. */
  isGiven: boolean;
}

export interface RolesOptions {
  newPasswords?: boolean;
  /** The exercise of the database; default: logins without its name. */
  world?: string;
}

/**
 * Makes the three logins. A name and a password come from the URL of the setting; without one the name is the default, and
 * a new login gets a password that is printed once, as a line for the environment.
 */
export async function roles({ newPasswords = false, world }: RolesOptions): Promise<void> {
  const config = loadConfig();
  const admin = adminUrl(config);
  await asOwner(otherDatabase(admin, 'postgres'), (knex) => createDatabase(knex, databaseOf(admin)));
  await asOwner(otherDatabase(admin, databaseOf(admin)), async (knex) => {
    const plan = SETTINGS.map((setting) => planned(setting, config, world));
    const found = await findLogins(
      knex,
      plan.map(({ name }) => name),
    );
    refuseUnfit(plan, found);
    for (const login of plan) {
      const isNew = !found.some(({ name }) => name === login.name);
      if (!login.isGiven && (isNew || newPasswords)) login.password = randomBytes(24).toString('base64url');
    }
    const [owner, ...others] = plan.map(loginOf);
    await applyLogins(knex, { owner: owner!, others });
    for (const login of plan) process.stdout.write(`${linesOf(login, admin)}\n`);
  });
}

function adminUrl({ DATABASE_ADMIN_URL }: Config): URL {
  if (!DATABASE_ADMIN_URL)
    throw new Error(
      'Set DATABASE_ADMIN_URL: the database as a superuser, such as postgres://postgres@127.0.0.1:5432/tripoint',
    );
  return new URL(DATABASE_ADMIN_URL);
}

const databaseOf = ({ pathname }: URL): string => decodeURIComponent(pathname.slice(1)) || 'tripoint';

/** The address of another database of the same server. */
export function otherDatabase(url: URL, name: string): string {
  const other = new URL(url);
  other.pathname = name;
  return other.href;
}

/** Logins belong to the whole server: those of an exercise have its name. */
const defaultName = (setting: Setting, world: string | undefined): string =>
  ['tripoint', ...(world === undefined ? [] : [world.replaceAll('-', '_')]), WORK[setting]].join('_');

function planned(setting: Setting, config: Config, world: string | undefined): PlannedLogin {
  const given = config[setting];
  if (given === undefined) return { setting, name: defaultName(setting, world), isGiven: false };
  const { username, password } = new URL(given);
  return {
    setting,
    name: decodeURIComponent(username),
    password: password === '' ? undefined : decodeURIComponent(password),
    isGiven: true,
  };
}

function refuseUnfit(plan: readonly PlannedLogin[], found: readonly FoundLogin[]): void {
  for (const { setting, name, isGiven } of plan) {
    const same = plan.find((other) => other.setting !== setting && other.name === name);
    if (same)
      throw new Error(
        `${setting} and ${same.setting} name one login, ${name}. Give each its own, or leave them unset.`,
      );
    if (name === '' || roleNames().includes(name))
      throw new Error(
        `${setting} must name a login of its own, not ${name || 'nobody'}. Change it, or leave it unset.`,
      );
    if (found.some((one) => one.name === name && one.isSuperuser))
      throw new Error(`${setting} names ${name}, a superuser. Name another login, or leave it unset.`);
    const other = found.find((one) => one.name === name)?.otherDatabase;
    if (other != null && !isGiven)
      throw new Error(
        `${name} is a login of the database ${other}, and each world has its own. Add --world <exercise>, or set ${setting} to share it.`,
      );
  }
}

const loginOf = ({ setting, name, password }: PlannedLogin): Login => ({
  name,
  roles: ROLES[setting](),
  verifier: password === undefined ? undefined : scramVerifier(password),
});

function linesOf({ setting, name, password, isGiven }: PlannedLogin, admin: URL): string {
  const head = `# ${name} ${MEANINGS[setting]}`;
  if (isGiven) return `${head}\n# ${setting} is set; the login is as it says.`;
  if (password === undefined)
    return `${head}\n# ${setting}: the password is unchanged (--new-passwords makes new ones).`;
  const url = new URL(admin);
  url.username = name;
  url.password = password;
  url.pathname = databaseOf(admin);
  return `${head}\n${setting}=${url.href}`;
}

const ITERATIONS = 4096;

/** RFC 5803, as PostgreSQL stores it: the password itself is in no statement, and so in no log of the server. */
function scramVerifier(password: string): string {
  if (!/^[\x20-\x7e]+$/.test(password))
    throw new Error('A password may have printable ASCII characters only.');
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256');
  const keyed = (text: string) => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`;
}
