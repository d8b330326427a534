import cors from 'cors';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

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

/** Swagger UI styles itself inline. */
export const policyOfDocs = (): RequestHandler =>
  helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: { ...POLICY, styleSrc: [...POLICY.styleSrc, "'unsafe-inline'"] },
  });

/** Pages load nothing from elsewhere, and run and style nothing that stands in them. */
export const securityHeaders = (): RequestHandler =>
  helmet({
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    // neighbours on the same domain are not ours to decide about
    strictTransportSecurity: { includeSubDomains: false },
    // the data is meant to be read from other sites
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    // no browser of today heeds these, and each costs every answer time and bytes
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });

/** Reading from a browser page of any other site; never with cookies. */
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
  return (req, res, next) => {
    const { method, headers } = req;
    const isPreflight = method === 'OPTIONS' && headers.origin && headers['access-control-request-method'];
    if (method === 'GET' || method === 'HEAD' || isPreflight) handler(req, res, next);
    else next();
  };
}

/**
 * Answers depend on who asks (docs/decisions/0011-caches.md): no shared cache keeps what was answered to a key, and no
 * cache at all gives an answer again without asking, because labels become narrower.
 */
export const cachedByCaller: RequestHandler = ({ headers }, res, next) => {
  const isAnonymous = headers.authorization === undefined && headers['x-api-key'] === undefined;
  res.vary('Accept, Accept-Encoding, Authorization, X-API-Key');
  res.setHeader('Cache-Control', isAnonymous ? 'no-cache' : 'private, no-cache');
  next();
};
