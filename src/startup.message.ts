import type { AddressInfo } from 'node:net';
import { notReal, type World } from './core/world.ts';

interface StartupFacts {
  address: AddressInfo | string | null;
  source: string;
  /** undefined: the actual world. */
  exercise: World | undefined;
  demoKeys: string | undefined;
  warning: string | undefined;
  /** Served beside the first world. */
  exercises?: readonly string[];
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/i;

/** The warning about demo keys on a public address. */
export function warningOf({ host, demoKeys }: { host: string; demoKeys: string | undefined }) {
  if (!demoKeys || LOOPBACK.test(host)) return undefined;
  return `HOST=${host} lets other machines connect while the demo keys in ${demoKeys} are valid. Whoever has that file may do everything. Create an admin key of your own (npm run tripoint -- keys create --role admin --agency …): this revokes the demo keys.`;
}

/** The first lines on the terminal: address, documentation, demo keys. */
export function startupMessage({
  address,
  source,
  exercise,
  demoKeys,
  warning,
  exercises = [],
}: StartupFacts): string {
  const { address: host, port } = address as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const lines = [
    `Tripoint runs at ${url} on ${source}`,
    ...(exercise ? [`  world       ${exercise.id}. ${notReal(exercise.names).en}`] : []),
    `  endpoints   ${url}/docs (OpenAPI: ${url}/v1/openapi.json)`,
    `  try         curl '${url}/v1/locate?lon=11.2&lat=33.1'`,
    demoKeys
      ? `  demo keys   ${demoKeys}: DZA, LBY and TUN, each as reader, reporter, operator, coordinator, auditor and admin, and a second agency's reporter`
      : '  demo keys   none written',
  ];
  for (const id of exercises) lines.push(`  exercise    ${url}/exercises/${id}/v1/`);
  if (warning) lines.push('', '!'.repeat(80), `  WARNING: ${warning}`, '!'.repeat(80));
  return `${lines.join('\n')}\n`;
}
