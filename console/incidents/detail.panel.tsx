import './detail.css';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { show, view } from '../app/address.ts';
import { Failure } from '../app/failure.tsx';
import { viewersOf } from '../report/report.audience.ts';
import { Sign } from '../report/report.fields.tsx';
import { Fact, WhereItIs } from '../report/report.summary.tsx';
import { distanceOf } from '../words/measure.ts';
import { nameOf } from '../words/names.ts';
import { shell } from '../words/shell.words.ts';
import { momentOf } from '../words/time.ts';
import { value } from '../words/values.ts';
import { listOf, nameIn, numberOf } from '../words/words.ts';
import { DetailActs } from './detail.acts.tsx';
import { DetailLists } from './detail.lists.tsx';
import { Section } from './detail.section.tsx';
import { type Detail, detail, detailFailure } from './detail.store.ts';
import { said } from './detail.words.ts';

/** Everything about the selected incident, beside the map whatever part is open. */
export function IncidentDetail() {
  const element = useRef<HTMLElement>(null);
  const id = view.value.incident;
  useFocusByKeyboard(element, id);
  if (!id) return null;
  const failure = detailFailure.value;
  return (
    <aside
      ref={element}
      class="detail"
      tabIndex={-1}
      aria-label={said.title()}
      onKeyDown={({ key, target }) => {
        // of a dialog it closes the dialog alone
        if (key === 'Escape' && !(target as Element).closest('dialog')) show({ incident: '' });
      }}
    >
      <p class="acts">
        <button type="button" onClick={() => show({ incident: '' })}>
          {shell.close()}
        </button>
      </p>
      {failure && <Failure text={failure.isGone ? said.gone() : failure.text} />}
      {detail.value ? <Whole {...detail.value} /> : !failure && <p class="quiet">{shell.loading()}</p>}
    </aside>
  );
}

/** Whoever opens it by keyboard goes on in it, and back to where it was opened. */
function useFocusByKeyboard(element: { current: HTMLElement | null }, id: string): void {
  const opener = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const { activeElement } = document;
    if (id) {
      // on a phone it stands above the list, where it was chosen
      element.current?.scrollIntoView({ block: 'nearest' });
      if (!activeElement?.matches(':focus-visible:not(canvas)')) return;
      if (!element.current?.contains(activeElement)) opener.current = activeElement as HTMLElement;
      element.current?.focus({ preventScroll: true });
    } else {
      opener.current?.focus();
      opener.current = null;
    }
  }, [id]);
}

function Whole(shown: Detail) {
  const { kind, severity, state, placeText, description } = shown.incident.properties;
  return (
    <>
      <h2>
        <Sign kind={kind} severity={severity} /> {value('incidentKind', kind)}
      </h2>
      <p>
        <span class={`badge ${severity}`}>{value('severity', severity)}</span>{' '}
        <span class="badge">{value('incidentState', state)}</span>
      </p>
      {placeText && (
        <p>
          <bdi>{placeText}</bdi>
        </p>
      )}
      {description && (
        <p>
          <bdi>{description}</bdi>
        </p>
      )}
      <DetailActs key={shown.id} {...shown} />
      <Facts {...shown} />
      {shown.location && <WhereItIs {...shown.location} />}
      <Answering {...shown} />
      <DetailLists {...shown} />
    </>
  );
}

function Facts({ incident }: Detail) {
  const { properties, geometry } = incident;
  const { occurredAt, reportedAt, certainty, nature, counts, agency, owner } = properties;
  const [lon, lat] = geometry.coordinates as [number, number];
  return (
    <dl class="facts">
      <Fact term={said.occurred()}>
        <time dateTime={occurredAt}>{momentOf(occurredAt)}</time>
      </Fact>
      <Fact term={said.reported()}>
        <time dateTime={reportedAt}>{momentOf(reportedAt)}</time>
      </Fact>
      <Fact term={said.by()}>
        <bdi>{listOf([nameOf('agencies', agency), value('country', owner)])}</bdi>
      </Fact>
      <Fact term={said.certainty()}>{value('certainty', certainty)}</Fact>
      <Fact term={said.nature()}>{value('nature', nature)}</Fact>
      {counts && <Fact term={said.counts()}>{countsText(counts)}</Fact>}
      <Fact term={said.position()}>
        <Coordinates text={`${lat.toFixed(5)}, ${lon.toFixed(5)}`} />{' '}
        <span class="quiet">
          {said.within({ distance: distanceOf(properties.horizontalAccuracyMetres) })}
        </span>
      </Fact>
      <Fact term={said.visibleTo()}>{viewersOf(properties, owner, nameOf('agencies', agency))}</Fact>
    </dl>
  );
}

function countsText({ best, low, high }: NonNullable<Detail['incident']['properties']['counts']>): string {
  const range =
    low === undefined && high === undefined ? [] : [said.between({ low: low ?? 0, high: high ?? '…' })];
  return [...(best === undefined ? [] : [numberOf(best)]), ...range].join(' · ');
}

function Coordinates({ text }: { text: string }) {
  const isCopied = useSignal(false);
  // only secure contexts have a clipboard
  const canCopy = navigator.clipboard !== undefined;
  return (
    <>
      <bdi dir="ltr" class="coordinates">
        {text}
      </bdi>{' '}
      {canCopy && (
        <button
          type="button"
          onClick={async () => {
            await navigator.clipboard.writeText(text).catch(() => {});
            isCopied.value = true;
          }}
        >
          {isCopied.value ? said.copied() : said.copy()}
        </button>
      )}
    </>
  );
}

function Answering({ location }: Detail) {
  const first = (location?.responsible ?? []).filter(({ preferred }) => preferred);
  if (first.length === 0) return null;
  return (
    <Section title={said.answers()}>
      {first.map(({ agency, country, function: duty, mandate }) => (
        <li key={mandate}>
          <bdi>{nameIn(agency.names, agency.id)}</bdi>
          <span class="quiet"> {listOf([value('country', country), value('mandateFunction', duty)])}</span>
        </li>
      ))}
    </Section>
  );
}
