import { BASE } from '../app/place.ts';
import { language } from '../words/language.ts';

/** A refusal by the service, in the language of the reader; or `status` 0: the service was not reached. */
export class Refusal extends Error {
  readonly status: number;
  readonly problem: ProblemDocument;
  constructor(status: number, problem: ProblemDocument) {
    super(problem.detail ?? problem.title);
    this.status = status;
    this.problem = problem;
  }
}

/** RFC 9457, as far as the console shows it. */
export interface ProblemDocument {
  title: string;
  detail?: string;
  code?: string;
  errors?: { in: string; path: string; detail: string; code?: string }[];
}

interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Answer<T> {
  body: T;
  status: number;
  etag: string | null;
  location: string | null;
}

/** Asks the API as whoever is signed in. `path` begins behind `/v1`. Throws a Refusal for every answer but 2xx. */
export async function ask<T>(path: string, request: Ask = {}): Promise<Answer<T>> {
  const response = await send(`${BASE}${path}${queryOf(request.query)}`, request);
  const text = await response.text();
  const body = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) throw new Refusal(response.status, body ?? { title: response.statusText });
  const { headers, status } = response;
  return { body, status, etag: headers.get('ETag'), location: headers.get('Location') };
}

/** The body alone. */
export const read = async <T>(path: string, query?: Ask['query'], signal?: AbortSignal): Promise<T> =>
  (await ask<T>(path, { ...(query && { query }), ...(signal && { signal }) })).body;

let unknown: () => void = () => {};

/** Called when an answer says that the service knows nobody by this request. */
export const onUnknown = (listener: () => void): void => {
  unknown = listener;
};

/** The same origin with the cookie, in the language of the reader. */
export async function send(
  url: string,
  { method = 'GET', body, headers = {}, signal }: Ask,
): Promise<Response> {
  try {
    const response = await fetch(url, {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json, application/geo+json, application/problem+json',
        'Accept-Language': language.value,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    if (response.status === 401) unknown();
    return response;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refusal(0, { title: 'unreachable', code: 'unreachable' });
  }
}

function queryOf(query: Ask['query'] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text ? `?${text}` : '';
}
