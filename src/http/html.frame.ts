import { pagesIn } from '../core/catalogue.ts';
import { directionOf, type Language } from '../core/vocabulary.ts';
import { notReal, titleIn, type World } from '../core/world.ts';
import type { Link } from '../geometry/feature.schema.ts';
import { API_BASE, docsPath, sessionPath } from './api.path.ts';
import { assetUrl } from './assets.ts';
import { type Html, html } from './html.ts';

export interface Crumb {
  title: string;
  href: string;
}

/** The URL of a page, and the base path of its API. */
export interface PageAddress {
  self: URL;
  /** `/v1`, or where the app is mounted. */
  base: string;
  /** Absent: the actual world. */
  exercise?: World | undefined;
  /** Of the reader. */
  language: Language;
  /** The agency that the reader acts for; absent: nobody's. */
  agency?: string | undefined;
}

interface PageFrame extends Pick<PageAddress, 'exercise' | 'language' | 'agency'> {
  title: string;
  /** Where signing in leads back to. Default: the console. */
  self?: URL | undefined;
  /** The base path of the API; absent for pages outside an API. */
  base?: string | undefined;
  /** The parent pages, outermost first. */
  crumbs?: readonly Crumb[];
  /** Links to other formats. */
  alternates?: readonly Link[];
  main: Html;
  /** Names of assets. */
  styles?: readonly string[];
  scripts?: readonly string[];
}

/** The frame of all pages. */
export const frame = ({
  title,
  self,
  base,
  exercise,
  language,
  agency,
  crumbs = [],
  alternates = [],
  main,
  styles = [],
  scripts = [],
}: PageFrame): Html =>
  html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${titleIn(exercise, title === NAME ? NAME : `${title} – ${NAME}`)}</title>
<link rel="icon" type="image/svg+xml" href="${assetUrl('icon.svg')}">
${[...styles, 'pages.css', ...(exercise ? ['exercise.css'] : [])].map((name) => html`<link rel="stylesheet" href="${assetUrl(name)}">\n`)}
${alternates.map((link) => html`<link rel="alternate" type="${link.type}" href="${link.href}" title="${link.title}">\n`)}
${scripts.map((name) => html`<script type="module" src="${assetUrl(name)}"></script>\n`)}
</head>
<body>
<a class="skip" href="#main">${pagesIn(language).skip}</a>
<header class="top">
<a class="brand" href="${base === undefined ? '/' : `${base}/`}"><img src="${assetUrl('icon.svg')}" alt="" width="24" height="24"> ${NAME}</a>
<nav aria-label="${pagesIn(language).whereYouAre}"><ol>${crumbs.map(({ href, title: name }) => html`<li><a href="${href}">${name}</a></li>`)}${
    title !== NAME && html`<li aria-current="page"><bdi>${title}</bdi></li>`
  }</ol></nav>
${
  base !== undefined &&
  html`<a class="api" href="${signInHref(base, self)}">${
    agency === undefined
      ? pagesIn(language).signIn
      : html`${pagesIn(language).signedInAs} <bdi>${agency}</bdi>`
  }</a>
`
}<a class="api" href="${docsPath(base ?? API_BASE)}">API</a>
</header>
${exercise && exerciseBanner(exercise, language)}<main id="main" tabindex="-1">
${main}
</main>
</body>
</html>
`;

/** Where a person signs in, or out, and comes back. */
export const signInHref = (base: string, self: URL | undefined): string =>
  sessionPath(base) + (self ? `?return=${encodeURIComponent(self.pathname + self.search)}` : '');

/** On every page of an exercise, in the languages of the three countries. */
export function exerciseBanner({ names }: World, language: Language): Html {
  const { en, fr, ar } = notReal(names);
  return html`<section class="exercise" aria-label="${pagesIn(language).exercise}">
<p lang="en" dir="ltr">${en}</p>
<p lang="fr" dir="ltr">${fr}</p>
<p lang="ar" dir="rtl">${ar}</p>
</section>
`;
}

const NAME = 'Tripoint';
