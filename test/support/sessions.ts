import type supertest from 'supertest';
import type { NamedCaller } from './callers.ts';
import type { HttpClient } from './http.client.ts';

/** Signs in and returns the headers of the browser's next requests from a page of the service. */
export async function signIn(
  api: ReturnType<typeof supertest>,
  key: string,
  root = '',
): Promise<Record<string, string>> {
  const { headers } = await api.post(`${root}/session`).set(OWN_PAGE).send({ key }).expect(201);
  return { ...OWN_PAGE, Cookie: cookieIn(headers) };
}

export const OWN_PAGE = { 'Sec-Fetch-Site': 'same-origin' };

/** The cookies that an answer sets, as a browser sends them back. */
export const cookieIn = (headers: Record<string, unknown>): string => pairsIn(headers).join('; ');

export const setCookies = (headers: Record<string, unknown>): string[] =>
  (headers['set-cookie'] as string[] | undefined) ?? [];

const pairsIn = (headers: Record<string, unknown>): string[] =>
  setCookies(headers).map((line) => line.split(';', 1)[0]!);

/** The caller as a browser that signed in with its key. */
export async function inBrowser(client: HttpClient, caller: NamedCaller): Promise<NamedCaller> {
  const key = caller.headers.Authorization?.replace('Bearer ', '');
  if (!key) return caller;
  const asked = { path: '/session', prefix: '', method: 'post', headers: OWN_PAGE, body: { key } };
  const { headers } = await client.ask(asked);
  const Cookie = headers.get('set-cookie')!.split(';', 1)[0]!;
  return { ...caller, name: `${caller.name} in a browser`, headers: { ...OWN_PAGE, Cookie } };
}
