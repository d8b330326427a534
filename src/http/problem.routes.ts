import type { Express } from 'express';
import { serve } from './method.guard.ts';
import { notFound } from './problem.ts';
import { PROBLEM_TYPES, problemType } from './problem.types.ts';

/** Makes the type URIs of problem documents resolve. */
export function mountProblemTypes(app: Express): void {
  serve(app, '/problems', (_req, res) => {
    res.json(Object.keys(PROBLEM_TYPES).map(describe));
  });
  serve(app, '/problems/:slug', (req, res) => {
    const slug = String(req.params.slug);
    if (!problemType(slug)) throw notFound('problem type', slug);
    res.json(describe(slug));
  });
}

const describe = (slug: string) => ({ type: `/problems/${slug}`, ...problemType(slug) });
