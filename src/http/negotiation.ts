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
