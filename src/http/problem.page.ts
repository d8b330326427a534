import type { ProblemType } from '../core/catalogue.ts';
import { API_BASE } from './api.path.ts';
import { frame, type PageAddress } from './html.frame.ts';
import { type Html, html } from './html.ts';

interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  requestId?: unknown;
  errors?: readonly { path: string; message: string }[] | undefined;
}

/** A problem document as an HTML page. */
export const problemPage = (
  { type, title, status, detail, requestId, errors = [] }: ProblemDocument,
  { base, exercise }: Partial<PageAddress>,
): Html =>
  frame({
    title,
    base,
    exercise,
    main: html`<h1>${title}</h1>
${errors.length < 2 && html`<p class="lead" dir="auto">${detail}</p>`}
${
  errors.length > 1 &&
  html`<ul class="faults">${errors.map((error) => html`<li><code>${error.path}</code> <bdi>${error.message}</bdi></li>`)}</ul>`
}
${status === 401 && waysIn(base)}
<p class="quiet">Status ${status}, <a href="${type}">what this means</a>. Request ${String(requestId)}.</p>`,
  });

const waysIn = (base = API_BASE): Html => html`<h2>How to get in</h2>
<p><a class="button" href="${base}/me">Sign in</a></p>
<p>The browser asks for a name and a password: any name, and your key as the password. The admin of your country gives keys to
the agencies of your country; a key acts for one agency. Programs send it as <code>Authorization: Bearer</code>.</p>`;

export const problemTypePage = (
  types: readonly (ProblemType & { type: string })[],
  { exercise }: Pick<PageAddress, 'exercise'>,
): Html =>
  frame({
    title: 'Problems',
    exercise,
    main: html`<h1>What problems mean</h1>
<table class="facts"><tbody>${types.map(
      ({ type, title, meaning }) =>
        html`<tr><th scope="row"><a href="${type}">${title}</a></th><td>${meaning}</td></tr>\n`,
    )}</tbody></table>
<p class="quiet"><a href="/problems">All of them</a></p>`,
  });
