import type { Express } from 'express';
import { notFound } from '../core/problem.ts';
import { assetsVersion, findAsset, IMMUTABLE, sendAsset } from './assets.ts';
import { serve } from './method.guard.ts';

/** Scripts, styles and the backdrop of maps, at addresses that contain a content hash. */
export function mountAssets(app: Express): void {
  serve(app, '/assets/:version/:name', async (req, res) => {
    const { version, name } = req.params as { version: string; name: string };
    const asset = findAsset(name);
    if (!asset) throw notFound('asset', name);
    // a request from a page of another service version, during a rolling update
    res.setHeader('Cache-Control', version === assetsVersion() ? IMMUTABLE : 'no-cache');
    await sendAsset(req, res, { name, asset });
  });
}
