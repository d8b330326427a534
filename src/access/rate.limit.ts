import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, type Options, rateLimit } from 'express-rate-limit';
import type { Caller } from '../core/caller.ts';
import { tooManyRequests } from '../core/problem.ts';
import { type Lease, leasedStore } from './rate.lease.store.ts';

/** Requests per minute; 0: no limit. */
export interface RateLimits {
  perKey: number;
  perAddress: number;
}

export interface RateLimiter {
  /** Counts a request; 429 above the limit of its key or token, or of its address without one. */
  limit(req: Request, res: Response, caller: Caller): Promise<void>;
  /** Counts a probe of readiness, whoever sends it; 429 above the limit of its address. */
  limitProbe(req: Request, res: Response): Promise<void>;
  /** Invalid keys and tokens per address. */
  guesses: { refuseMany(req: Request): Promise<void>; count(req: Request): Promise<void> };
}

const MINUTE_MS = 60_000;
const MOST_PROBES = 600; // per address and minute, many times what monitors send
const MOST_GUESSES = 300; // per address and minute

interface Counting {
  /** Counts together with other processes. Absent: by itself. */
  lease?: Lease | undefined;
  /** Of this service. Default: one. */
  processes?: number;
}

export function limitRates(
  { perKey, perAddress }: RateLimits,
  { lease, processes = 1 }: Counting = {},
): RateLimiter {
  const storeOf = (name: string, limit: number) => (lease ? { store: leasedStore(lease, name, limit) } : {});
  const counter = (name: string, limit: number, keyGenerator: (req: Request, res: Response) => string) =>
    settled(rateLimit({ ...COMMON, ...storeOf(name, limit), limit, keyGenerator }));
  const keys = perKey > 0 ? counter('keys', perKey, (_req, res) => res.locals.callerId) : undefined;
  const addresses = perAddress > 0 ? counter('addresses', perAddress, addressOf) : undefined;
  return {
    async limit(req, res, { keyId, subject }) {
      res.locals.callerId = keyId ?? subject;
      await (res.locals.callerId ? keys : addresses)?.(req, res);
    },
    // never leased: probes must be counted while the database does not answer; each process allows its part
    limitProbe:
      perAddress > 0
        ? settled(
            rateLimit({ ...COMMON, limit: Math.ceil(MOST_PROBES / processes), keyGenerator: addressOf }),
          )
        : async () => {},
    guesses:
      perAddress > 0
        ? limitGuesses(storeOf('guesses', MOST_GUESSES))
        : { async refuseMany() {}, async count() {} },
  };
}

const COMMON: Partial<Options> = {
  windowMs: MINUTE_MS,
  standardHeaders: 'draft-6', // RateLimit-Limit, -Remaining, -Reset and -Policy
  legacyHeaders: false,
  // its checks log to the console, about headers that any client can send
  validate: false,
  handler: (_req, res, next) => next(tooManyRequests(Number(res.getHeader('Retry-After')))),
};

/** A middleware as a promise: node:util warns to promisify a function that answers one already. */
const settled =
  (middleware: RequestHandler) =>
  (req: Request, res: Response): Promise<void> =>
    new Promise((resolve, reject) => {
      Promise.resolve(middleware(req, res, (error) => (error ? reject(error) : resolve()))).catch(reject);
    });

/** An IPv6 host has a whole network of addresses, which counts as one. */
export const addressOf = (req: Request): string => ipKeyGenerator(req.ip ?? 'unknown');

function limitGuesses(store: Pick<Options, 'store'> | object): RateLimiter['guesses'] {
  const counted = rateLimit({
    ...COMMON,
    ...store,
    standardHeaders: false,
    limit: Infinity,
    keyGenerator: addressOf,
  });
  return {
    async refuseMany(req) {
      const { totalHits = 0, resetTime } = (await counted.getKey(addressOf(req))) ?? {};
      const leftMs = (resetTime?.getTime() ?? 0) - Date.now();
      if (totalHits >= MOST_GUESSES && leftMs > 0) throw tooManyRequests(Math.ceil(leftMs / 1000));
    },
    count: (req) => settled(counted)(req, req.res!),
  };
}
