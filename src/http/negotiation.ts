import type { Request } from 'express';

/** One format of an answer. */
export interface Format {
  /** As in the query parameter `f`. */
  name: string;
  mediaType: string;
  /** Other media types in `Accept` that select it. */
  aliases?: readonly string[];
}

/** The format of `f`, else the preferred one of `Accept`, else the first: an unknown `Accept` gets the default. */
export function chooseFormat<F extends Format>(
  formats: readonly F[],
  f: string | undefined,
  request: Request,
): F {
  request.res?.vary('Accept');
  const named = formats.find(({ name }) => name === f);
  if (named) return named;
  const types = formats.flatMap(({ mediaType, aliases = [] }) => [mediaType, ...aliases]);
  const liked = request.accepts(types);
  return (
    formats.find(({ mediaType, aliases }) => mediaType === liked || aliases?.includes(String(liked))) ??
    formats[0]!
  );
}

export const HTML = { name: 'html', mediaType: 'text/html' } as const satisfies Format;
const JSON_OF_ANY_KIND: Format = {
  name: 'json',
  mediaType: 'application/json',
  aliases: ['application/geo+json', 'application/schema+json', 'application/problem+json'],
};

/** Only explicit requests get HTML: browsers ask for it, a wildcard does not. */
export const wantsHtml = (request: Request, f: string | undefined): boolean =>
  f === undefined
    ? chooseFormat<Format>([JSON_OF_ANY_KIND, HTML], undefined, request) === HTML
    : f === HTML.name;
