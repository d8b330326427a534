import { notFound } from './problem.ts';
import { JsonText, type Reply } from './reply.ts';

/** A feature as the database wrote it, or a 404 that tells a hidden one from a missing one in nothing. */
export function readFeature(what: string, id: string, feature: string | undefined): Reply {
  if (feature === undefined) throw notFound(what, id);
  return { mediaType: 'application/geo+json', body: new JsonText(feature) };
}
