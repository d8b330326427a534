import { show } from '../app/address.ts';
import { nameOf } from '../words/names.ts';
import { momentOf } from '../words/time.ts';
import { value } from '../words/values.ts';
import { isolated } from '../words/words.ts';
import type { OpenItem, OpenItems, Sources } from './open.items.store.ts';
import { said } from './shift.words.ts';

const ROWS = 100;

interface ListParts {
  open: OpenItems;
  /** With every row and its identifier. Default: what fits on a screen. */
  isPrint?: boolean;
}

/** Numbered, as on the map of the print. */
export function OpenItemList({ open: { items, sources }, isPrint = false }: ListParts) {
  if (items.length === 0) return <p class="quiet">{said.nothingOpen()}</p>;
  return (
    <ol class="open-items" aria-label={said.openItems()}>
      {items.slice(0, isPrint ? undefined : ROWS).map((item) => (
        <li key={item.id} class={item.overdue ? 'overdue' : ''}>
          <OpenItemLine item={item} sources={sources} />
          {isPrint && (
            <bdi dir="ltr" class="identifier">
              {item.id}
            </bdi>
          )}
        </li>
      ))}
    </ol>
  );
}

function OpenItemLine({ item, sources }: { item: OpenItem; sources: Sources }) {
  const { kind, id, dueAt, overdue } = item;
  const incident = incidentOf(item, sources);
  const text = kind === 'request' && sources.requests.get(id)?.text;
  const at = dueAt ? momentOf(dueAt) : '';
  return (
    <>
      <b>{titleOf(item, sources)}</b>
      {aboutOf(item, sources).map((part) => (
        <span key={part}> · {part}</span>
      ))}
      {text && (
        <>
          {' · '}
          <bdi class="said">{text}</bdi>
        </>
      )}
      {at && (
        <>
          {' · '}
          <span class={overdue ? 'late' : 'quiet'}>{overdue ? said.overdue({ at }) : said.due({ at })}</span>
        </>
      )}{' '}
      {incident && (
        <button type="button" class="link unprinted" onClick={() => show({ incident })}>
          {said.showIncident()}
        </button>
      )}
    </>
  );
}

const incidentOf = ({ kind, id, incident }: OpenItem, { requests }: Sources): string | undefined =>
  incident ?? (kind === 'request' ? (requests.get(id)?.incident ?? undefined) : undefined);

/** What it is, by its rule, kind or trigger where that is known. */
function titleOf({ kind, id }: OpenItem, { requests, reactions, alerts }: Sources): string {
  const word = value('openItem', kind);
  const request = requests.get(id);
  if (request) return value('requestKind', request.kind);
  const reaction = reactions.get(id);
  if (reaction) return said.titled({ word, what: value('reactionKind', reaction.kind) });
  const alert = alerts.get(id);
  return alert ? said.titled({ word, what: value('trigger', alert.properties.trigger) }) : word;
}

/** Where, of what, and from whom. */
function aboutOf(item: OpenItem, sources: Sources): string[] {
  const id = incidentOf(item, sources);
  const found = id ? sources.incidents.get(id)?.properties : undefined;
  const request = sources.requests.get(item.id);
  const parts = [
    item.kind !== 'distress' && found && value('incidentKind', found.kind),
    found?.placeText && isolated(found.placeText),
    found?.border &&
      found.borderKm !== null &&
      said.km({ km: Math.round(found.borderKm), border: found.border }),
    id && !found && said.gone(),
    item.segment && said.segment({ segment: item.segment }),
    request && said.from({ agency: nameOf('agencies', request.agency) }),
  ];
  return parts.filter((part): part is string => Boolean(part));
}
