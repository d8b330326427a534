import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { message, problemTypeOf, textOf } from '../core/catalogue.ts';
import { nothingHere, Problem } from '../core/problem.ts';
import type { Language } from '../core/vocabulary.ts';
import { challenge } from './browser.guard.ts';
import { wantsHtml } from './negotiation.ts';
import { foreignProblem, isDisconnect } from './problem.foreign.ts';
import { problemPage } from './problem.page.ts';
import { languageOf, markLanguage } from './reader.language.ts';
import { described } from './request.logging.ts';
import { checkProblem } from './response.check.ts';

export const unknownPath: RequestHandler = (req) => {
  throw nothingHere('path-unknown', { method: req.method, path: pathOf(req) });
};

export const sendProblem: ErrorRequestHandler = (error, req, res, _next) => {
  if (req.socket.destroyed && isDisconnect(error)) return;
  const problem = loggedProblem(error, req);
  // the answer has started: aborting it is the only way to mark it incomplete
  if (res.headersSent) {
    if (!res.writableEnded) res.destroy();
    return;
  }
  const language = languageOf(req);
  const document = documentOf(problem, req, language);
  if (req.app.get('check problems')) checkProblem(document, language);
  const { mediaType, text } = written(document, req, language);
  markLanguage(res, language)
    .status(problem.status)
    .set(problem.headers ?? {});
  if (problem.status === 401) challenge(req, res);
  res.setHeader('Content-Type', mediaType);
  // in chunks for a range: curl takes an answer that is as long as what it has for the file that it has
  if (req.headers.range === undefined) res.setHeader('Content-Length', Buffer.byteLength(text));
  else res.flushHeaders();
  res.end(text);
};

/** The document of what ended an answer that has begun, in English as the rest of that answer. */
export const problemDocument = (error: unknown, req: Request) =>
  documentOf(loggedProblem(error, req), req, 'en');

function loggedProblem(error: unknown, req: Request): Problem {
  const problem = error instanceof Problem ? error : problemFrom(error);
  if (problem.slug === 'internal') req.log.error({ req: described(req), err: error }, 'unexpected error');
  return problem;
}

/** HTML for browsers, whatever they requested. */
function written(document: ReturnType<typeof documentOf>, req: Request, language: Language) {
  const f = typeof req.query.f === 'string' ? req.query.f : undefined;
  if (wantsHtml(req, f))
    return { mediaType: 'text/html; charset=utf-8', text: pageOf(document, req, language) };
  return { mediaType: 'application/problem+json', text: JSON.stringify(document) };
}

const pageOf = (document: ReturnType<typeof documentOf>, req: Request, language: Language): string =>
  problemPage(document, { ...req.res?.locals, ...returnOf(req), language }).text;

/** A page to come back to after signing in: not one that would write again, nor a step of signing in. */
function returnOf(req: Request): { self?: URL } {
  const isPage = req.method === 'GET' && !/\/session\//i.test(req.path);
  return isPage && URL.canParse(req.originalUrl, ANYWHERE)
    ? { self: new URL(req.originalUrl, ANYWHERE) }
    : {};
}

const ANYWHERE = 'http://here.invalid';

const problemFrom = (error: unknown): Problem =>
  new Problem(foreignProblem(error) ?? { status: 500, slug: 'internal', says: message('service-failed') });

const documentOf = (problem: Problem, req: Request, language: Language) => ({
  type: `/problems/${problem.slug}`,
  title: problemTypeOf(problem.slug, language)!.title,
  status: problem.status,
  detail: textOf(problem, language),
  code: problem.code,
  params: problem.params,
  instance: pathOf(req),
  requestId: req.id,
  errors: problem.errors?.map((fault) => ({ ...fault, message: textOf(fault, language) })),
  ...problem.extra,
});

const pathOf = (req: Request): string => req.originalUrl.split('?', 1)[0]!;
