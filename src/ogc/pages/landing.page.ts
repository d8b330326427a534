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
<p class="lead">${description}</p>
<p><a class="button" href="${data?.href}">Browse the layers</a></p>
${mapBlock({ label: 'Map of all layers', shapes: [], style: `${base}/style`, layers: ['incidents', 'crossings', 'segments', 'zones', 'borders'] })}
<h2>Where everything is</h2>
${linkList(links)}
<p class="quiet">${attribution}. None of this is a legal statement of where a border runs. Names of towns and areas are not verified.</p>`,
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
    main: html`${heading('Conformance', self)}
<p class="lead">The declared conformance classes of OGC standards.</p>
<ul class="classes">${conformsTo.map((uri) => html`<li><a href="${uri}" rel="noreferrer">${uri}</a></li>`)}</ul>`,
  });
