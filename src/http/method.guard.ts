import type { Express, RequestHandler } from 'express';
import { Problem } from './problem.ts';

/** Ends a route: 405 for methods that it does not have, and the plain answer to OPTIONS. */
export function otherMethods(methods: readonly string[]): RequestHandler {
  const names = methods.map((method) => method.toUpperCase());
  const allow = [...names, ...(names.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  return (req, res) => {
    if (req.method === 'OPTIONS') {
      res.status(204).set('Allow', allow).end();
      return;
    }
    const detail = `${req.method} is not possible at ${req.baseUrl}${req.path}; possible are ${allow}.`;
    throw new Problem({ status: 405, slug: 'method-not-allowed', detail, headers: { Allow: allow } });
  };
}

/** Serves a path that is no operation of the API, for reading only. */
export function serve(app: Express, path: string, handler: RequestHandler): void {
  const template = path.replace(/:(\w+)/g, '{$1}');
  const named: RequestHandler = (_req, res, next) => {
    res.locals.route = template;
    next();
  };
  app
    .route(path)
    .get(named, handler)
    .all(otherMethods(['get']));
}
