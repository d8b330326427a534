import type { Express, RequestHandler, Response } from 'express';
import { message } from '../core/catalogue.ts';
import { Problem } from '../core/problem.ts';

/** The methods of Allow. */
function allowedOf(methods: readonly string[]): string[] {
  const names = methods.map((method) => method.toUpperCase());
  return [...names, ...(names.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
}

/** The value of Allow. */
export const allowOf = (methods: readonly string[]): string => allowedOf(methods).join(', ');

/** The plain answer to OPTIONS. */
export function sendOptions(
  res: Response,
  methods: readonly string[],
  headers: Record<string, string> = {},
): void {
  res
    .status(200)
    .set({ ...headers, Allow: allowOf(methods), 'Content-Length': '0' })
    .end();
}

/** Ends a route: 405 for unsupported methods, and the plain answer to OPTIONS. */
export function otherMethods(methods: readonly string[]): RequestHandler {
  const allowed = allowedOf(methods);
  return (req, res) => {
    if (req.method === 'OPTIONS') {
      sendOptions(res, methods);
      return;
    }
    const path = `${req.baseUrl}${req.path}`;
    throw new Problem({
      status: 405,
      slug: 'method-not-allowed',
      says: message('method-not-allowed', { method: req.method, path, allowed }),
      headers: { Allow: allowed.join(', ') },
    });
  };
}

/** Serves a read-only path that is not an API operation. */
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
