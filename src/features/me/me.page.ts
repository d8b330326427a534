import { pagesIn } from '../../core/catalogue.ts';
import { wordOf, wordWithin } from '../../core/vocabulary.ts';
import { sessionPath } from '../../http/api.path.ts';
import { frame, type PageAddress } from '../../http/html.frame.ts';
import { type Html, html } from '../../http/html.ts';
import type { Me } from './me.schema.ts';

/** The page after signing in: the browser now sends the key with each request to the API. */
export const mePage = (
  { agency, country, roles, credential, expiresAt, limits }: Me,
  { self, base, exercise, language }: PageAddress,
): Html =>
  frame({
    title: pagesIn(language).signedIn,
    self,
    base,
    exercise,
    language,
    agency,
    main: html`<h1>${pagesIn(language).signedIn}</h1>
<p class="lead">${pagesIn(language).youActFor} <code dir="ltr">${agency}</code> – ${wordOf('country', country, language)}.
${pagesIn(language).yourRoles}: ${roles.map((role) => wordWithin('role', role, language)).join(pagesIn(language).comma)}.</p>
<p>${expiresAt === null ? pagesIn(language).withoutExpiry : html`${pagesIn(language).signedInUntil} <bdi dir="ltr">${expiresAt}</bdi>.`}
${limits.requestsPerMinute !== null && `${pagesIn(language).requestsPerMinute}: ${limits.requestsPerMinute}.`}</p>
<p><a class="button" href="${base}/collections">${pagesIn(language).browseLayers}</a></p>
<p class="quiet">${
      credential === 'session'
        ? html`<a href="${sessionPath(base)}">${pagesIn(language).signOut}</a>`
        : pagesIn(language).keyIsKept
    }</p>`,
  });
