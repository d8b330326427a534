import type { AddressInfo } from 'node:net';

interface Facts {
  address: AddressInfo | string | null;
  source: string;
  demoKeys: string | undefined;
}

/** The first lines on the terminal: what runs, where the map of endpoints is, which demo keys exist. */
export function greeting({ address, source, demoKeys }: Facts): string {
  const { address: host, port } = address as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const lines = [
    `Tripoint runs at ${url} on ${source}`,
    `  endpoints   ${url}/docs (OpenAPI: ${url}/v1/openapi.json)`,
    `  try         curl '${url}/v1/locate?lon=11.2&lat=33.1'`,
    demoKeys
      ? `  demo keys   ${demoKeys}: DZA, LBY and TUN, each as reader, reporter, operator, coordinator, auditor and admin, and a second agency's reporter`
      : '  demo keys   none written',
  ];
  return `${lines.join('\n')}\n`;
}
