import { type Express, type RequestHandler, Router } from 'express';
import swaggerUi from 'swagger-ui-express';
import { serve } from './method.guard.ts';
import { policyOfDocs } from './security.headers.ts';

const OPTIONS = {
  swaggerUrl: '/v1/openapi.json',
  customSiteTitle: 'Tripoint API',
  // the badge of an outside validator would be fetched from elsewhere
  swaggerOptions: { validatorUrl: null, displayRequestDuration: true, docExpansion: 'list' },
};

// The folder of Swagger UI also holds a demo page that shows somebody else's API.
const ASSETS = new Set([
  '/swagger-ui.css',
  '/swagger-ui-bundle.js',
  '/swagger-ui-standalone-preset.js',
  '/swagger-ui-init.js',
  '/favicon-16x16.png',
  '/favicon-32x32.png',
]);

/** Swagger UI at /docs/, all of it served from here. */
export function mountDocs(app: Express): void {
  app.use('/docs', policyOfDocs());
  const page = swaggerUi.generateHTML(undefined, OPTIONS);
  serve(app, '/docs', (req, res) => {
    // the page names its assets relative to itself
    if (req.path.endsWith('/')) res.type('html').send(page);
    else res.redirect(301, 'docs/');
  });
  const assets = Router();
  assets.use(assetsOnly, ...swaggerUi.serveFiles(undefined, OPTIONS));
  app.use('/docs', assets);
}

const assetsOnly: RequestHandler = (req, res, next) => {
  if (!ASSETS.has(req.path)) return next('router');
  res.locals.route = '/docs';
  next();
};
