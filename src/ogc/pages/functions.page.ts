import type { PageAddress } from '../../http/html.frame.ts';
import { type Html, html } from '../../http/html.ts';
import { heading, layerPage } from './layer.page.ts';

interface FilterFunction {
  name: string;
  description: string;
  arguments: readonly { title: string; type: readonly string[] }[];
  returns: readonly string[];
}

export const functionsPage = (
  { functions }: { functions: readonly FilterFunction[] },
  { self, base, exercise, language, agency }: PageAddress,
): Html =>
  layerPage({
    title: 'Functions of filters',
    self,
    base,
    exercise,
    language,
    agency,
    main: html`<div lang="en" dir="ltr">${heading('Functions of filters', self)}
<p class="lead">What filters in CQL2 may call beyond the functions of the standard.</p>
<div class="scroll" role="region" aria-label="Functions" tabindex="0"><table>
<thead><tr><th scope="col">Function</th><th scope="col">Arguments</th><th scope="col">Answers</th><th scope="col">What it does</th></tr></thead>
<tbody>${functions.map(
      (one) => html`<tr>
<th scope="row"><code>${one.name}</code></th>
<td>${one.arguments.map(({ title, type }) => `${title} (${type.join(' or ')})`).join(', ')}</td>
<td>${one.returns.join(' or ')}</td>
<td>${one.description}</td>
</tr>`,
    )}</tbody>
</table></div></div>`,
  });
