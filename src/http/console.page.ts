import type { Request } from 'express';
import { directionOf, LANGUAGES } from '../core/vocabulary.ts';
import { titleIn, type World } from '../core/world.ts';
import { assetsVersion, assetUrl } from './assets.ts';
import { type Html, html } from './html.ts';
import { languageOf } from './reader.language.ts';

/** Names of the built files. */
export interface ConsoleFiles {
  script: string;
  style: string;
}

/** For a browser without scripts. */
const NEEDS_SCRIPT = {
  en: 'The console needs JavaScript. The layers and their pages do not:',
  fr: 'La console a besoin de JavaScript. Les couches et leurs pages n’en ont pas besoin :',
  ar: 'تحتاج لوحة المراقبة إلى جافا سكريبت، أما الطبقات وصفحاتها فلا تحتاج إليها:',
};

interface ConsolePageParts extends ConsoleFiles {
  /** The base path of the API. */
  base: string;
  exercise: World | undefined;
}

/** The page that the console fills. What it needs to know stands in attributes, because no script is inline. */
export function consolePage(req: Request, { script, style, base, exercise }: ConsolePageParts): Html {
  const asked = LANGUAGES.find((one) => one === req.query.lang);
  const language = asked ?? languageOf(req);
  const root = base.replace(/\/v1$/, '');
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${titleIn(exercise, 'Tripoint')}</title>
<link rel="icon" type="image/svg+xml" href="${assetUrl('icon.svg')}">
<link rel="stylesheet" href="${assetUrl('maplibre-gl.css')}">
<link rel="stylesheet" href="${root}/console/${style}">
<script type="module" src="${root}/console/${script}"></script>
</head>
<body data-base="${base}" data-root="${root}" data-assets="/assets/${assetsVersion()}">
<div id="app"></div>
<noscript>${LANGUAGES.map((one) => html`<p lang="${one}" dir="${directionOf(one)}">${NEEDS_SCRIPT[one]} <a href="${base}/">Tripoint</a></p>`)}</noscript>
</body>
</html>
`;
}
