import { type Express, type RequestHandler, Router } from 'express';
import swaggerUi from 'swagger-ui-express';
import { titleIn, type World } from '../core/world.ts';
import { docsPath } from './api.path.ts';
import { assetUrl } from './assets.ts';
import { exerciseOf } from './exercise.answer.ts';
import { exerciseBanner } from './html.frame.ts';
import { html } from './html.ts';
import { serve } from './method.guard.ts';
import { policyOfDocs } from './security.headers.ts';

const optionsOf = (base: string, exercise?: World) => ({
  swaggerUrl: `${base}/openapi.json`,
  customSiteTitle: titleIn(exercise, 'Tripoint API'),
  customCssUrl: assetUrl('docs.css'),
  customJs: assetUrl('docs.js'),
  // an external validator badge would be fetched from another host
  swaggerOptions: { validatorUrl: null, displayRequestDuration: true, docExpansion: 'list' },
});

// The folder of Swagger UI also contains a demo page of a foreign API.
const ASSETS = new Set([
  '/swagger-ui.css',
  '/swagger-ui-bundle.js',
  '/swagger-ui-standalone-preset.js',
  '/swagger-ui-init.js',
  '/favicon-16x16.png',
  '/favicon-32x32.png',
]);

/** Swagger UI beside an API, served locally. */
export function mountDocs(app: Express, base: string): void {
  const path = docsPath(base).slice(0, -1);
  const options = optionsOf(base);
  app.use(path, policyOfDocs());
  const page = pageOf(base);
  let ofExercise: string | undefined;
  serve(app, path, (req, res) => {
    // the page uses relative asset links
    if (!req.path.endsWith('/')) return res.redirect(301, 'docs/');
    const exercise = exerciseOf(req);
    if (exercise) ofExercise ??= pageOf(base, exercise);
    res.type('html').send(exercise ? ofExercise : page);
  });
  const assets = Router();
  assets.use(assetsOnly(path), ...swaggerUi.serveFiles(undefined, options));
  app.use(path, assets);
}

function pageOf(base: string, exercise?: World): string {
  const page = swaggerUi.generateHTML(undefined, optionsOf(base, exercise));
  if (!exercise) return page;
  const styles = html`<link rel="stylesheet" href="${assetUrl('exercise.css')}">`;
  return page.replace(MAIN, html`${styles}${exerciseBanner(exercise, 'en')}`.text + MAIN);
}

const MAIN = '<div id="swagger-ui">';

const assetsOnly =
  (route: string): RequestHandler =>
  (req, res, next) => {
    if (!ASSETS.has(req.path)) return next('router');
    res.locals.route = route;
    next();
  };
