import type { Request } from 'express';
import { basePathOf } from './api.path.ts';
import { exerciseOf } from './exercise.answer.ts';
import { HTML, wantsHtml } from './negotiation.ts';
import { defaultStatus, type Operation } from './operation.ts';
import { selfUrl } from './paging.ts';
import { languageOf, markLanguage } from './reader.language.ts';
import { JsonText, type Reply } from './reply.ts';

/** The reply, or the HTML page rendered from its document if requested. */
export function asAsked(op: Operation, reply: Reply, query: unknown, request: Request): Reply {
  const { html, ...plain } = reply;
  if (!html) return reply;
  const { f } = (query ?? {}) as { f?: string };
  if (!wantsHtml(request, f)) return plain;
  const status = plain.status ?? defaultStatus(op);
  const language = languageOf(request);
  if (request.res) markLanguage(request.res, language);
  const json = plain.mediaType ?? op.responses[status]?.mediaType ?? 'application/json';
  return {
    status,
    mediaType: HTML.mediaType,
    headers: headersOf(plain, json),
    body: html(documentOf(plain), {
      self: selfUrl(request),
      base: basePathOf(request),
      exercise: exerciseOf(request),
      language,
      agency: request.res?.locals.agency,
    }).text,
  };
}

// links of a page lead to pages; its ETag comes from its own bytes
function headersOf({ headers = {} }: Reply, json: string): Record<string, string> {
  const { ETag: _, Link, ...rest } = headers;
  return { ...rest, ...(Link && { Link: Link.replaceAll(json, HTML.mediaType) }) };
}

const documentOf = ({ body }: Reply) => (body instanceof JsonText ? JSON.parse(String(body.bytes)) : body);
