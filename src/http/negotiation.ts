import type { Request } from 'express';

/** One way to write an answer. */
export interface Format {
  /** As in the query parameter `f`. */
  name: string;
  mediaType: string;
  /** Other media types in `Accept` that it answers too. */
  aliases?: readonly string[];
}

/** What `f` asks for, else what `Accept` likes best, else the first: who wants something unknown gets what there is. */
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

/** Only who says so is answered with a page: browsers do, and who takes anything does not. */
export const wantsHtml = (request: Request, f: string | undefined): boolean =>
  f === undefined
    ? chooseFormat<Format>([JSON_OF_ANY_KIND, HTML], undefined, request) === HTML
    : f === HTML.name;
