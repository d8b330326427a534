import { constants } from 'node:zlib';
import compression from 'compression';
import type { RequestHandler, Response } from 'express';

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN } = constants;

/** Below this size the headers cost as much as compression saves. */
const LEAST_BYTES = 1024;
/** The fastest level: a download must not leave slower than it is made, and text still shrinks to a fifth. */
const QUICKEST = 1;
const BROTLI_WINDOW = 18; // 256 kB per running answer, instead of 4 MB

const MOST_LISTENERS = 20;

/** `gzip` and `br` by Accept-Encoding. ETags stay the same, because they are weak. */
export function compressed(): RequestHandler {
  const compress = compression({
    threshold: LEAST_BYTES,
    level: QUICKEST,
    brotli: { params: { [BROTLI_PARAM_QUALITY]: QUICKEST, [BROTLI_PARAM_LGWIN]: BROTLI_WINDOW } },
    filter: (_req, res) => isWorthwhile(res),
  });
  return (req, res, next) => {
    // many middlewares listen for the end of an answer
    res.setMaxListeners(MOST_LISTENERS);
    if (req.headers['accept-encoding'] === undefined) {
      next();
      return;
    }
    compress(req, res, next);
  };
}

const TEXT = /^text\/|[/+](json|javascript|xml)\b/;

/**
 * Only texts. Other download formats are already compressed, or serve ranges. The length of compressed content leaks it
 * (BREACH), so answers with a secret, which are `no-store`, are not compressed.
 */
function isWorthwhile(res: Response): boolean {
  const isSecret = /no-store/.test(String(res.getHeader('Cache-Control')));
  return !isSecret && TEXT.test(String(res.getHeader('Content-Type')));
}
