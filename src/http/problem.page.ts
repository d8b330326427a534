import { type ProblemType, pagesIn } from '../core/catalogue.ts';
import { API_BASE } from './api.path.ts';
import { frame, type PageAddress, signInHref } from './html.frame.ts';
import { type Html, html } from './html.ts';

interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  requestId?: unknown;
  errors?: readonly { path: string; message: string }[] | undefined;
}

type ProblemAddress = { [K in keyof PageAddress]?: PageAddress[K] | undefined } & Pick<
  PageAddress,
  'language'
>;

/** A problem document as an HTML page. */
export const problemPage = (
  { type, title, status, detail, requestId, errors = [] }: ProblemDocument,
  { self, base, exercise, language, agency }: ProblemAddress,
): Html =>
  frame({
    title,
    self,
    base,
    exercise,
    language,
    agency,
    main: html`<h1 dir="auto">${title}</h1>
${errors.length < 2 && html`<p class="lead" dir="auto">${detail}</p>`}
${
  errors.length > 1 &&
  html`<ul class="faults">${errors.map((error) => html`<li><code dir="ltr">${error.path}</code> <bdi>${error.message}</bdi></li>`)}</ul>`
}
${status === 401 && waysIn({ language, base, self })}
<p class="quiet">${pagesIn(language).status} <bdi>${status}</bdi>. <a href="${type}">${pagesIn(language).whatThisMeans}</a>.
${pagesIn(language).requestNumber} <bdi>${String(requestId)}</bdi></p>`,
  });

const waysIn = ({ language, base = API_BASE, self }: ProblemAddress): Html => {
  const words = pagesIn(language);
  return html`<h2>${words.howToGetIn}</h2>
<p><a class="button" href="${signInHref(base, self)}">${words.signIn}</a></p>
<p>${words.waysIn} <code dir="ltr">Authorization: Bearer</code></p>`;
};

export const problemTypePage = (
  types: readonly (ProblemType & { type: string })[],
  { exercise, language }: Pick<PageAddress, 'exercise' | 'language'>,
): Html =>
  frame({
    title: pagesIn(language).problems,
    exercise,
    language,
    main: html`<h1>${pagesIn(language).whatProblemsMean}</h1>
<table class="facts"><tbody>${types.map(
      ({ type, title, meaning }) =>
        html`<tr><th scope="row"><a href="${type}">${title}</a></th><td>${meaning}</td></tr>\n`,
    )}</tbody></table>
<p class="quiet"><a href="/problems">${pagesIn(language).allOfThem}</a></p>`,
  });
