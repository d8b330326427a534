import type { Request } from 'express';
import { type FieldFault, inBody, inQuery, invalidInput } from '../core/problem.ts';
import { selfUrl } from '../http/paging.ts';
import { rootOf } from '../http/session.cookie.ts';

const SOMEWHERE = 'http://here.invalid';

/** A path of this service, whatever an address makes of it; 400 for an address elsewhere. */
export function returnPath(asked: string | undefined, req: Request, place: FieldFault['in']): string {
  if (asked === undefined || asked === '') return `${rootOf(req)}/`;
  const url = URL.canParse(asked, SOMEWHERE) ? new URL(asked, SOMEWHERE) : undefined;
  if (url?.origin !== SOMEWHERE && url?.origin !== selfUrl(req).origin)
    throw invalidInput([(place === 'body' ? inBody : inQuery)('return', 'return-foreign')]);
  // a browser takes two slashes for the name of a host
  return url!.pathname.replace(/^\/+/, '/') + url!.search + url!.hash;
}
