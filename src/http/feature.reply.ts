import type { Noun } from '../core/messages/message.params.ts';
import { tagOf, type Versioned } from '../core/precondition.ts';
import { notFound } from '../core/problem.ts';
import { JsonText, type Reply } from './reply.ts';

const GEOJSON = 'application/geo+json';

/** A feature as the database wrote it, or a 404, which is the same for hidden and missing ones. */
export function readFeature(noun: Noun, id: string, found: string | Versioned | undefined): Reply {
  if (found === undefined) throw notFound(noun, id);
  return typeof found === 'string'
    ? { mediaType: GEOJSON, body: new JsonText(found) }
    : versionedReply(found);
}

/** With the ETag for the If-Match of a later write. */
export const versionedReply = ({ feature, version }: Versioned, mediaType: string = GEOJSON): Reply => ({
  mediaType,
  headers: { ETag: tagOf(version, feature) },
  body: new JsonText(feature),
});

export function createdReply(location: string, written: Versioned, mediaType?: string): Reply {
  const reply = versionedReply(written, mediaType);
  return { ...reply, status: 201, location };
}
