import { z } from 'zod';

const seconds = (fallback: number) => z.coerce.number().positive().max(3600).default(fallback);

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(500).default(10),
  TRIPOINT_DATA: z.string().default('.tripoint'),
  TRIPOINT_DEMO_KEYS: z.string().optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  STATEMENT_TIMEOUT_SECONDS: seconds(10),
  REQUEST_TIMEOUT_SECONDS: seconds(30),
});

export type Config = z.infer<typeof Environment>;

/** Reads the environment once, and refuses to start when it does not make sense. An empty value counts as unset. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map(
    ({ path: [name], message }) => `  ${String(name)}=${env[String(name)]}: ${message}`,
  );
  throw new Error(`Tripoint cannot start. Set these as .env.example says:\n${sentences.join('\n')}`);
}

export const settingNames = Object.keys(Environment.shape);
