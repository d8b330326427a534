import { pagesIn } from '../../core/catalogue.ts';
import type { Link } from '../../geometry/feature.schema.ts';
import type { PageAddress } from '../../http/html.frame.ts';
import { type Html, html } from '../../http/html.ts';
import { heading, layerPage, linkList } from './layer.page.ts';
import { mapBlock } from './map.block.ts';

interface Landing {
  title: string;
  description: string;
  attribution: string;
  links: readonly Link[];
}

export const landingPage = (
  { title, description, attribution, links }: Landing,
  { self, base, exercise, language, agency }: PageAddress,
): Html => {
  const words = pagesIn(language);
  const data = links.find(({ rel }) => rel === 'data');
  return layerPage({
    title,
    self,
    base,
    exercise,
    language,
    agency,
    map: 'tiles',
    main: html`${heading(title, self)}
<p class="lead" lang="en" dir="ltr">${description}</p>
<p><a class="button" href="${data?.href}">${words.browseLayers}</a></p>
${mapBlock({ label: words.mapOfAllLayers, language, shapes: [], style: `${base}/style`, layers: ['incidents', 'crossings', 'segments', 'zones', 'borders'] })}
<h2>${words.whereEverythingIs}</h2>
${linkList(links)}
<p class="quiet"><bdi lang="en">${attribution}.</bdi> ${words.notLegal}</p>`,
  });
};

export const conformancePage = (
  { conformsTo }: { conformsTo: readonly string[] },
  { self, base, exercise, language, agency }: PageAddress,
): Html =>
  layerPage({
    title: 'Conformance',
    self,
    base,
    exercise,
    language,
    agency,
    main: html`<div lang="en" dir="ltr">${heading('Conformance', self)}
<p class="lead" lang="en" dir="ltr">The declared conformance classes of OGC standards.</p>
<ul class="classes">${conformsTo.map((uri) => html`<li><a href="${uri}" rel="noreferrer">${uri}</a></li>`)}</ul></div>`,
  });
