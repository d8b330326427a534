import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import cors from 'cors';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { CREDENTIAL_HEADERS, hasCredential } from './credential.ts';

const POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  workerSrc: ["'self'"],
  styleSrc: ["'self'"],
  // MapLibre and Swagger UI draw icons from data URLs
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** Swagger UI uses inline styles. */
export const policyOfDocs = (): RequestHandler =>
  helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: { ...POLICY, styleSrc: [...POLICY.styleSrc, "'unsafe-inline'"] },
  });

/** Pages load nothing from other hosts and have no inline scripts or styles. */
export const securityHeaders = (): RequestHandler =>
  runOnce(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: POLICY },
      // other hosts of the domain are not ours
      strictTransportSecurity: { includeSubDomains: false },
      // other sites may read the data
      crossOriginResourcePolicy: { policy: 'cross-origin' },
      // current browsers ignore these, and they cost every answer time and bytes
      originAgentCluster: false,
      xDnsPrefetchControl: false,
      xDownloadOptions: false,
      xPermittedCrossDomainPolicies: false,
      xXssProtection: false,
    }),
  );

type Middleware = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

/** A middleware whose headers are the same for every GET runs once, before the first request. */
function runOnce(middleware: Middleware): RequestHandler {
  const request = Object.assign(new IncomingMessage(new Socket()), { method: 'GET' });
  const headers = new Map<string, string>();
  const response = new ServerResponse(request);
  response.setHeader = (name, value) => {
    headers.set(name, String(value));
    return response;
  };
  middleware(request, response, () => {});
  return (_req, res, next) => {
    res.setHeaders(headers);
    next();
  };
}

/** CORS: pages of any site may read, never with cookies. */
export function readingFromAnywhere(origin: string | string[] = '*'): RequestHandler {
  const handler = cors({
    origin,
    methods: ['GET', 'HEAD', 'OPTIONS'],
    allowedHeaders: [
      'Authorization',
      'X-API-Key',
      'Content-Type',
      'If-None-Match',
      'Range',
      'If-Range',
      'Last-Event-ID',
      'X-Purpose',
      'X-Request-Id',
    ],
    exposedHeaders: [
      'Link',
      'Location',
      'ETag',
      'X-Request-Id',
      'Content-Crs',
      'Accept-Ranges',
      'Content-Range',
      'OGC-NumberMatched',
      'OGC-NumberReturned',
      'RateLimit-Limit',
      'RateLimit-Remaining',
      'RateLimit-Reset',
      'RateLimit-Policy',
      'Retry-After',
    ],
    maxAge: 86_400,
  });
  const reading = origin === '*' ? runOnce(handler as Middleware) : handler;
  return (req, res, next) => {
    const { method, headers } = req;
    const isPreflight = method === 'OPTIONS' && headers.origin && headers['access-control-request-method'];
    if (method === 'GET' || method === 'HEAD') reading(req, res, next);
    else if (isPreflight) handler(req, res, next);
    else next();
  };
}

/**
 * Answers depend on the caller (docs/decisions/0011-caches.md): shared caches never store an answer to a key or session,
 * and every cache revalidates, because labels become narrower.
 */
export const cachedByCaller: RequestHandler = (req, res, next) => {
  res.vary(`Accept, Accept-Encoding, ${CREDENTIAL_HEADERS}`);
  res.setHeader('Cache-Control', hasCredential(req) ? 'private, no-cache' : 'no-cache');
  next();
};
