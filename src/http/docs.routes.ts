import { type Express, type RequestHandler, Router } from 'express';
import swaggerUi from 'swagger-ui-express';
import { docsPath } from './api.path.ts';
import { assetUrl } from './assets.ts';
import { serve } from './method.guard.ts';
import { policyOfDocs } from './security.headers.ts';

const optionsOf = (base: string) => ({
  swaggerUrl: `${base}/openapi.json`,
  customSiteTitle: 'Tripoint API',
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
  const page = swaggerUi.generateHTML(undefined, options);
  serve(app, path, (req, res) => {
    // the page uses relative asset links
    if (req.path.endsWith('/')) res.type('html').send(page);
    else res.redirect(301, 'docs/');
  });
  const assets = Router();
  assets.use(assetsOnly(path), ...swaggerUi.serveFiles(undefined, options));
  app.use(path, assets);
}

const assetsOnly =
  (route: string): RequestHandler =>
  (req, res, next) => {
    if (!ASSETS.has(req.path)) return next('router');
    res.locals.route = route;
    next();
  };
