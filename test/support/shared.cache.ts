import type { Answer } from './http.client.ts';

type Headers = Record<string, string>;
interface Stored {
  answer: Answer;
  /** The headers of the request that the answer varies by. */
  asked: Headers;
}

// RFC 9110 §15.1: what may be kept without any word about how long.
const KEPT_BY_DEFAULT = new Set([200, 203, 204, 300, 301, 404, 405, 410, 414, 501]);

const headerOf = (headers: Headers, name: string): string =>
  Object.entries(headers).find(([one]) => one.toLowerCase() === name)?.[1] ?? '';

/** A cache as greedy as RFC 9111 allows one that many share to be. */
export function sharedCache(ask: (path: string, headers: Headers) => Promise<Answer>) {
  const kept = new Map<string, Stored[]>();
  const forKeys: string[] = [];

  const variedBy = (answer: Answer, headers: Headers): Headers => {
    const names = (answer.headers.get('vary') ?? '').toLowerCase().split(/, ?/).filter(Boolean);
    return Object.fromEntries(names.map((name) => [name, headerOf(headers, name)]));
  };

  function keep(path: string, headers: Headers, answer: Answer): void {
    const control = answer.headers.get('cache-control') ?? '';
    if (/private|no-store/.test(control) || !KEPT_BY_DEFAULT.has(answer.status)) return;
    // §3.5: what was answered to Authorization may be kept only where it says so
    if (headerOf(headers, 'authorization') && !/public|s-maxage|must-revalidate/.test(control)) return;
    if (headerOf(headers, 'x-api-key')) forKeys.push(path);
    const asked = variedBy(answer, headers);
    const others = (kept.get(path) ?? []).filter(
      (one) => JSON.stringify(one.asked) !== JSON.stringify(asked),
    );
    kept.set(path, [...others, { answer, asked }]);
  }

  async function revalidated(path: string, headers: Headers, { answer }: Stored): Promise<Answer> {
    const etag = answer.headers.get('etag');
    const fresh = await ask(path, etag ? { ...headers, 'If-None-Match': etag } : headers);
    if (fresh.status === 304) return answer;
    keep(path, headers, fresh);
    return fresh;
  }

  return {
    async ask(path: string, headers: Headers): Promise<Answer> {
      const stored = kept
        .get(path)
        ?.find(({ answer, asked }) => JSON.stringify(variedBy(answer, headers)) === JSON.stringify(asked));
      if (stored) {
        const mustAsk = /no-cache/.test(stored.answer.headers.get('cache-control') ?? '');
        return mustAsk ? revalidated(path, headers, stored) : stored.answer;
      }
      const answer = await ask(path, headers);
      keep(path, headers, answer);
      return answer;
    },
    stored: () => kept.size,
    keptForKeys: () => forKeys,
  };
}
