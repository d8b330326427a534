import type { Express, Request, Response } from 'express';
import { PROBLEM_SLUGS, problemTypeOf } from '../core/catalogue.ts';
import { notFound } from '../core/problem.ts';
import { exerciseOf } from './exercise.answer.ts';
import { serve } from './method.guard.ts';
import { wantsHtml } from './negotiation.ts';
import { problemTypePage } from './problem.page.ts';

/** Serves the type URIs of problem documents. */
export function mountProblemTypes(app: Express): void {
  serve(app, '/problems', (req, res) => {
    answer(req, res, PROBLEM_SLUGS.map(describe), (all) => all);
  });
  serve(app, '/problems/:slug', (req, res) => {
    const slug = String(req.params.slug);
    if (!problemTypeOf(slug)) throw notFound('problem-type', slug);
    answer(req, res, describe(slug), (one) => [one]);
  });
}

type ProblemTypeDocument = ReturnType<typeof describe>;

function answer<D>(
  req: Request,
  res: Response,
  document: D,
  listed: (document: D) => ProblemTypeDocument[],
): void {
  if (wantsHtml(req, undefined))
    res.type('html').send(problemTypePage(listed(document), { exercise: exerciseOf(req) }).text);
  else res.json(document);
}

const describe = (slug: string) => ({ type: `/problems/${slug}`, ...problemTypeOf(slug)! });
