import type { Express, Request, Response } from 'express';
import { PROBLEM_SLUGS, problemTypeOf } from '../core/catalogue.ts';
import { notFound } from '../core/problem.ts';
import type { Language } from '../core/vocabulary.ts';
import { exerciseOf } from './exercise.answer.ts';
import { serve } from './method.guard.ts';
import { wantsHtml } from './negotiation.ts';
import { problemTypePage } from './problem.page.ts';
import { languageOf, markLanguage } from './reader.language.ts';

/** Serves the type URIs of problem documents. */
export function mountProblemTypes(app: Express): void {
  serve(app, '/problems', (req, res) => {
    answer(req, res, (language) => PROBLEM_SLUGS.map((slug) => describe(slug, language)));
  });
  serve(app, '/problems/:slug', (req, res) => {
    const slug = String(req.params.slug);
    if (!problemTypeOf(slug)) throw notFound('problem-type', slug);
    answer(req, res, (language) => describe(slug, language));
  });
}

type ProblemTypeDocument = ReturnType<typeof describe>;

/** The page is in the language of the reader; the JSON is English, as all JSON but that of a problem. */
function answer(
  req: Request,
  res: Response,
  documentIn: (language: Language) => ProblemTypeDocument | ProblemTypeDocument[],
): void {
  if (!wantsHtml(req, undefined)) {
    res.json(documentIn('en'));
    return;
  }
  const language = languageOf(req);
  const types = [documentIn(language)].flat();
  const page = problemTypePage(types, { exercise: exerciseOf(req), language });
  markLanguage(res, language).type('html').send(page.text);
}

const describe = (slug: string, language: Language) => ({
  type: `/problems/${slug}`,
  ...problemTypeOf(slug, language)!,
});
