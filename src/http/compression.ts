import { constants } from 'node:zlib';
import compression from 'compression';
import type { RequestHandler, Response } from 'express';

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN } = constants;

/** Below it the headers cost as much as is saved. */
const LEAST_BYTES = 1024;
/** The quickest: a download is to leave no slower than it is made, and text shrinks to a fifth all the same. */
const QUICKEST = 1;
const BROTLI_WINDOW = 18; // 256 kB of each answer under way, instead of 4 MB

const MOST_LISTENERS = 20;

/** `gzip` and `br` for whoever asks. The ETags stay: they are weak. */
export function compressed(): RequestHandler {
  const compress = compression({
    threshold: LEAST_BYTES,
    level: QUICKEST,
    brotli: { params: { [BROTLI_PARAM_QUALITY]: QUICKEST, [BROTLI_PARAM_LGWIN]: BROTLI_WINDOW } },
    filter: (_req, res) => isWorthwhile(res),
  });
  return (req, res, next) => {
    if (req.headers['accept-encoding'] === undefined) {
      next();
      return;
    }
    // everything around an answer waits for its end
    res.setMaxListeners(MOST_LISTENERS);
    compress(req, res, next);
  };
}

const TEXT = /^text\/|[/+](json|javascript|xml)\b/;

/**
 * Texts. The other formats of downloads are packed already, or read in parts. The length of what is compressed tells of it
 * (BREACH), so answers that hold a secret, which are `no-store`, are left as they are.
 */
function isWorthwhile(res: Response): boolean {
  const isSecret = /no-store/.test(String(res.getHeader('Cache-Control')));
  return !isSecret && TEXT.test(String(res.getHeader('Content-Type')));
}
