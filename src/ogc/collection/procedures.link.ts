import type { Request } from 'express';
import type { Link } from '../../geometry/feature.schema.ts';
import type { Reply } from '../../http/reply.ts';
import { MEDIA, urlOf } from './links.ts';

/** Nouns that joint procedures hold for. */
export type WithProcedures = 'incident' | 'zone' | 'segment' | 'crossing';

export const PROCEDURES_HEADER = { Link: 'The joint procedures in force there, which need a key.' };

/** The same for everybody, whether there are procedures or not, so that it tells nothing. */
export const proceduresLink = (request: Request, noun: WithProcedures, id: string): Link => ({
  href: urlOf(request, `/procedures?state=inForce&${noun}=${encodeURIComponent(id)}`),
  rel: 'related',
  type: MEDIA.json,
  title: 'Joint procedures in force',
});

/** Adds the link as a header (RFC 8288). */
export function withProcedures(reply: Reply, { href, rel, type, title }: Link): Reply {
  const Link = `<${href}>; rel="${rel}"; type="${type}"; title="${title}"`;
  return { ...reply, headers: { ...reply.headers, Link } };
}
