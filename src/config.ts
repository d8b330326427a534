import { isIP } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { relative, resolve } from 'node:path';
import { z } from 'zod';
import { SESSION_LIMITS } from './access/access.feature.ts';
import { ACCESS_TOKEN, LONGEST_LIFE_SECONDS } from './access/token.verifier.ts';
import type { AppSettings } from './app.settings.ts';
import { LABELLED_COLLECTIONS } from './core/trace.ts';
import { networkOf, targetGuard } from './exchange/webhooks/target.guard.ts';
import { Retention, rulesOf } from './features/retention/retention.rules.ts';

const seconds = (fallback: number) => z.coerce.number().positive().max(3600).default(fallback);

const collections = z
  .string()
  .transform((text) => text.split(',').map((word) => word.trim()))
  .pipe(z.array(z.enum(LABELLED_COLLECTIONS)));

const perMinute = (fallback: number) => z.coerce.number().int().min(0).default(fallback);

const NETWORK_NAMES = ['loopback', 'linklocal', 'uniquelocal'];
const isNetwork = (text: string): boolean =>
  NETWORK_NAMES.includes(text) || isIP(text.replace(/\/\d{1,3}$/, '')) > 0;

/** A number of proxies, or their addresses and networks. Never all: any client could then fake its address. */
const TrustProxy = z
  .string()
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : text.split(',').map((part) => part.trim())))
  .refine(
    (trusted) => typeof trusted === 'number' || trusted.every(isNetwork),
    'must be the number of proxies in front of the service, or their addresses separated by commas',
  );

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;
// invalid addresses, such as 10.0.0.0/33 or 300.1.1.1, are not host names either
const isTarget = (entry: string): boolean =>
  networkOf(entry) !== undefined || (HOST_NAME.test(entry) && !/(^|\.)\d+$/.test(entry));

/** Host names, addresses and networks. */
const Targets = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine(
    (targets) => targets.every(isTarget),
    'must be host names, addresses or networks separated by commas',
  );

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** https, because an attacker who changes the issuer's metadata could sign tokens. */
const Issuer = z
  .url({ protocol: /^https?$/ })
  .refine((url) => url.startsWith('https:') || LOOPBACK.test(new URL(url).hostname), 'must be https');

const OWN_PARAMETERS = ['client_id', 'redirect_uri', 'response_type', 'scope', 'state', 'nonce'];

/** `resource=https://…&prompt=login`, as in an address. What the service sends itself cannot be replaced. */
const Parameters = z
  .string()
  .transform((text) => Object.fromEntries(new URLSearchParams(text)))
  .refine(
    (given) => !OWN_PARAMETERS.some((name) => name in given),
    `must be name=value, joined by &, without ${OWN_PARAMETERS.join(', ')}`,
  );

/** Of the service on a database server. */
const Processes = z.union(
  [z.literal('auto').transform(availableParallelism), z.coerce.number().int().min(1).max(64)],
  'must be auto, or a number from 1 to 64',
);

const WORLD_ID = /^(?!actual$)[a-z0-9]+(-[a-z0-9]+)*$/;
const DATABASE = /^postgres(ql)?:\/\//;

/** `autumn=postgres://…,spring=postgres://…`: a database for each exercise. */
const DatabasesOfWorlds = z
  .string()
  .transform((text) => text.split(/,(?=[^,=]*=postgres)/).map((part) => part.trim()))
  .transform((parts) =>
    parts.map((part) => [part.split('=', 1)[0]!, part.slice(part.indexOf('=') + 1)] as const),
  )
  .refine(
    (worlds) => worlds.every(([id, url]) => WORLD_ID.test(id) && DATABASE.test(url) && URL.canParse(url)),
    'must be <exercise>=postgres://…, separated by commas; the names in small letters, digits and hyphens, none of them actual',
  )
  .refine(
    (worlds) => new Set(worlds.map(([id]) => id)).size === worlds.length,
    'must name each exercise once',
  )
  .transform((worlds) => new Map(worlds));

const Settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PROCESSES: Processes.prefault('1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_JOBS_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_ADMIN_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_LISTEN_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  WORLDS: DatabasesOfWorlds.default(new Map()),
  WORLDS_JOBS: DatabasesOfWorlds.default(new Map()),
  WORLDS_LISTEN: DatabasesOfWorlds.default(new Map()),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(500).optional(),
  TRIPOINT_DATA: z.string().default('.tripoint'),
  DOWNLOAD_FOLDER: z.string().default(tmpdir()),
  DOWNLOAD_MEGABYTES: z.coerce.number().int().min(1).default(4096),
  TRIPOINT_WITNESS: z.string().optional(),
  TRIPOINT_DEMO_KEYS: z.string().optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  TILE_MEMORY_MB: z.coerce.number().int().min(0).max(100_000).default(64),
  STATEMENT_TIMEOUT_SECONDS: seconds(10),
  REQUEST_TIMEOUT_SECONDS: seconds(30),
  RATE_LIMIT_PER_MINUTE: perMinute(60_000),
  RATE_LIMIT_ANONYMOUS_PER_MINUTE: perMinute(12_000),
  TRUST_PROXY: TrustProxy.optional(),
  OIDC_ISSUER: Issuer.optional(),
  OIDC_AUDIENCE: z.string().optional(),
  OIDC_AGENCY_CLAIM: z.string().default('tripoint_agency'),
  OIDC_ROLES_CLAIM: z.string().default('tripoint_roles'),
  OIDC_TOKEN_TYPE: z.string().default(ACCESS_TOKEN),
  OIDC_MAX_LIFE_SECONDS: z.coerce.number().int().min(60).max(86_400).default(LONGEST_LIFE_SECONDS),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_SCOPE: z.string().default('openid'),
  OIDC_PARAMETERS: Parameters.default({}),
  SESSION_IDLE_MINUTES: z.coerce
    .number()
    .int()
    .min(5)
    .max(1440)
    .default(SESSION_LIMITS.idleSeconds / 60),
  SESSION_HOURS: z.coerce
    .number()
    .positive()
    .max(168)
    .default(SESSION_LIMITS.lastsSeconds / 3600),
  MONITOR_TOKEN: z.string().min(16).optional(),
  READY_LAG_SECONDS: seconds(60),
  AUDIT_SEALING: z.enum(['on', 'off']).default('on'),
  PURPOSE_NEEDED_FOR: collections.default([]),
  RETENTION_ACTUAL: Retention.prefault('3650'),
  RETENTION_EXERCISE: Retention.prefault('365'),
  RETENTION_TEST: Retention.prefault('30'),
  STREAMS_MOST: z.coerce.number().int().min(1).max(100_000).default(2000),
  STREAMS_PER_KEY: z.coerce.number().int().min(1).max(100_000).default(100),
  ALERTS_KEPT_DAYS: z.coerce.number().int().min(1).max(36_500).default(365),
  CHANGES_KEPT_DAYS: z.coerce.number().int().min(1).max(3650).default(30),
  WEBHOOK_ALLOW: Targets.default([]),
  WEBHOOK_TIMEOUT_SECONDS: z.coerce.number().positive().max(20).default(10),
});

const isWithin = (folder: string, path: string): boolean => !relative(folder, path).startsWith('..');

/** Put back together with the database, it would fit to it again. */
const isOutside = ({ TRIPOINT_WITNESS: witness, TRIPOINT_DATA: folder }: z.infer<typeof Settings>): boolean =>
  witness === undefined || !isWithin(resolve(folder), resolve(witness));

const Environment = Settings.refine(isOutside, {
  path: ['TRIPOINT_WITNESS'],
  message: 'must be outside TRIPOINT_DATA, on a disk that is not restored together with the database',
})
  .refine(({ OIDC_ISSUER, OIDC_AUDIENCE }) => !OIDC_ISSUER || OIDC_AUDIENCE, {
    path: ['OIDC_AUDIENCE'],
    message:
      'must be set together with OIDC_ISSUER: otherwise tokens issued for other services would be accepted',
  })
  .refine(({ OIDC_ISSUER, OIDC_CLIENT_ID }) => !OIDC_CLIENT_ID || OIDC_ISSUER, {
    path: ['OIDC_ISSUER'],
    message: 'must be set together with OIDC_CLIENT_ID: it is where browsers sign in',
  })
  .refine(({ DATABASE_URL, DATABASE_JOBS_URL }) => !DATABASE_JOBS_URL || DATABASE_URL, {
    path: ['DATABASE_URL'],
    message: 'must be set together with DATABASE_JOBS_URL: it is the login for requests',
  })
  .refine(
    ({ WORLDS, DATABASE_URL }) => new Set([...WORLDS.values(), DATABASE_URL]).size === WORLDS.size + 1,
    {
      path: ['WORLDS'],
      message: 'must have a database of its own for each exercise, and not that of DATABASE_URL',
    },
  )
  .refine(
    ({ WORLDS, WORLDS_JOBS, WORLDS_LISTEN }) =>
      [...WORLDS_JOBS.keys(), ...WORLDS_LISTEN.keys()].every((id) => WORLDS.has(id)),
    { path: ['WORLDS'], message: 'must name every exercise of WORLDS_JOBS and WORLDS_LISTEN' },
  )
  .refine(({ DATABASE_POOL_SIZE: size, PROCESSES }) => size === undefined || size >= PROCESSES, {
    path: ['DATABASE_POOL_SIZE'],
    message: 'must be at least PROCESSES: each process needs a connection',
  })
  .transform(({ DATABASE_POOL_SIZE: size, ...settings }) => ({
    ...settings,
    DATABASE_POOL_SIZE: size ?? POOL_OF_PROCESS * settings.PROCESSES,
  }));

const POOL_OF_PROCESS = 10;

export type Config = z.infer<typeof Environment>;

/** Parses the environment once, and refuses to start on a bad value. An empty value counts as unset. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map(
    ({ path: [name], message }) => `  ${String(name)}=${withoutPassword(env[String(name)])}: ${message}`,
  );
  throw new Error(
    `Tripoint cannot start. Correct these settings (see .env.example):\n${sentences.join('\n')}`,
  );
}

const withoutPassword = (value = ''): string => value.replace(/:[^:@/]*@/g, ':…@');

/** The settings of one of several processes: its part of what the service may have in all. */
export const partOf = (config: Config, processes: number): Config => ({
  ...config,
  DATABASE_POOL_SIZE: Math.floor(config.DATABASE_POOL_SIZE / processes),
  TILE_MEMORY_MB: Math.floor(config.TILE_MEMORY_MB / processes),
});

/** The settings of an exercise that is served beside the database of this service. */
export const ofExercise = (config: Config, id: string): Config => ({
  ...config,
  DATABASE_URL: config.WORLDS.get(id),
  DATABASE_OWNER_URL: undefined,
  DATABASE_JOBS_URL: config.WORLDS_JOBS.get(id),
  DATABASE_LISTEN_URL: config.WORLDS_LISTEN.get(id),
  TRIPOINT_WITNESS: config.TRIPOINT_WITNESS && `${config.TRIPOINT_WITNESS}.${id}`,
});

export const settingNames = Object.keys(Settings.shape);

/** Token settings, undefined if only keys are accepted. */
const oidcOf = (config: Config) =>
  config.OIDC_ISSUER && config.OIDC_AUDIENCE
    ? {
        issuer: config.OIDC_ISSUER,
        audience: config.OIDC_AUDIENCE,
        agencyClaim: config.OIDC_AGENCY_CLAIM,
        rolesClaim: config.OIDC_ROLES_CLAIM,
        tokenType: config.OIDC_TOKEN_TYPE,
        longestLifeSeconds: config.OIDC_MAX_LIFE_SECONDS,
      }
    : undefined;

/** The service as a client of the provider, undefined if nobody signs in with it. */
const clientOf = (config: Config) =>
  config.OIDC_CLIENT_ID
    ? {
        id: config.OIDC_CLIENT_ID,
        secret: config.OIDC_CLIENT_SECRET,
        scope: config.OIDC_SCOPE,
        parameters: config.OIDC_PARAMETERS,
      }
    : undefined;

/** Retention of incidents. */
export const retentionOf = ({ RETENTION_ACTUAL, RETENTION_EXERCISE, RETENTION_TEST }: Config) =>
  rulesOf({ actual: RETENTION_ACTUAL, exercise: RETENTION_EXERCISE, test: RETENTION_TEST });

export const appSettingsOf = (config: Config): AppSettings => ({
  access: {
    oidc: oidcOf(config),
    client: clientOf(config),
    sessions: {
      idleSeconds: config.SESSION_IDLE_MINUTES * 60,
      lastsSeconds: config.SESSION_HOURS * 3600,
    },
    isShared: config.DATABASE_URL !== undefined,
    rateLimits: { perKey: config.RATE_LIMIT_PER_MINUTE, perAddress: config.RATE_LIMIT_ANONYMOUS_PER_MINUTE },
  },
  audit: { purposeNeededFor: config.PURPOSE_NEEDED_FOR, isSealing: config.AUDIT_SEALING === 'on' },
  layers: {
    files: { folder: config.DOWNLOAD_FOLDER, mostBytes: config.DOWNLOAD_MEGABYTES * 2 ** 20 },
    tileMemoryMegabytes: config.TILE_MEMORY_MB,
  },
  streams: { most: config.STREAMS_MOST, mostPerCaller: config.STREAMS_PER_KEY },
  webhookTargets: {
    guard: targetGuard(config.WEBHOOK_ALLOW),
    timeoutSeconds: config.WEBHOOK_TIMEOUT_SECONDS,
  },
  retention: retentionOf(config),
  keptDays: { alerts: config.ALERTS_KEPT_DAYS, changes: config.CHANGES_KEPT_DAYS },
});

export const httpSettingsOf = (config: Config) => ({
  requestTimeoutMs: config.REQUEST_TIMEOUT_SECONDS * 1000,
  publicUrl: config.PUBLIC_URL,
  trustProxy: config.TRUST_PROXY,
  monitorToken: config.MONITOR_TOKEN,
});
