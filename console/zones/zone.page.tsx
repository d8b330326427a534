import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ask } from '../api/request.ts';
import { may, me } from '../api/session.ts';
import { show } from '../app/address.ts';
import { Dialog } from '../app/dialog.tsx';
import { Failure } from '../app/failure.tsx';
import { useWrite } from '../app/write.ts';
import { shell } from '../words/shell.words.ts';
import { value } from '../words/values.ts';
import { nameIn } from '../words/words.ts';
import { fitArea } from './area.view.ts';
import { beginDraft } from './draft.store.ts';
import { ZoneConsents } from './zone.consents.tsx';
import { ZoneRevisions } from './zone.difference.tsx';
import { countriesText, factsOf } from './zone.facts.ts';

import { failure, type OpenZone, open, refresh } from './zone.store.ts';
import { said } from './zone.words.ts';

export function ZonePage() {
  const zone = open.value;
  return (
    <>
      <p class="acts">
        <button type="button" onClick={() => show({ item: '' }, { isStep: true })}>
          {said.back()}
        </button>
      </p>
      {zone ? (
        <ZoneArticle key={zone.id} zone={zone} />
      ) : (
        !failure.value && <p class="quiet">{shell.loading()}</p>
      )}
    </>
  );
}

function ZoneArticle({ zone }: { zone: OpenZone }) {
  const { newest } = zone;
  useEffect(() => fitArea(newest.geometry), [zone.id]);
  const { names, awaiting, state, agreed, tlp, releasableTo, country } = newest.properties;
  return (
    <article class="zone-page" aria-label={nameIn(names)}>
      <h2>
        <bdi>{nameIn(names)}</bdi>
      </h2>
      <p aria-live="polite" role="status">
        <span class={`badge ${state}`}>{value('zoneState', state)}</span>{' '}
        {said.revision({ n: newest.properties.revision })}
        {' · '}
        {awaiting.length > 0
          ? said.waitsFor({ countries: countriesText(awaiting) })
          : agreed && said.agreed()}
      </p>
      <OwnerActs zone={zone} />
      <ZoneConsents zone={zone} />
      <dl class="facts">
        {factsOf(newest.properties)
          .filter(([, text]) => text !== '')
          .map(([label, text]) => (
            <Fact key={label} label={label} text={text} />
          ))}
        <Fact label={said.owner()} text={value('country', country)} />
        <Fact label={said.seenBy()} text={value('tlp', tlp)} />
        {releasableTo.length > 0 && <Fact label={said.releasedTo()} text={countriesText(releasableTo)} />}
      </dl>
      <ZoneRevisions zone={zone} />
    </article>
  );
}

function Fact({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <bdi>{text}</bdi>
      </dd>
    </div>
  );
}

/** What the country that made the zone may do with its newest revision. */
function OwnerActs({ zone }: { zone: OpenZone }) {
  const { isBusy, failure: refused, write } = useWrite();
  const isEnding = useSignal(false);
  const { state, country } = zone.newest.properties;
  if (me.value?.country !== country || !may('changeZone') || state === 'withdrawn') return null;
  const path = `/zones/${encodeURIComponent(zone.id)}`;
  const headers = { 'If-Match': zone.etag };
  const isDraft = state === 'draft';
  return (
    <>
      <p class="acts">
        {(isDraft || state === 'suspended') && (
          <button
            type="button"
            class="main"
            disabled={isBusy.value}
            onClick={() =>
              void write(async () => {
                await ask(`${path}/proposal`, { method: 'POST', headers });
                await refresh();
              })
            }
          >
            {said.propose()}
          </button>
        )}
        <button type="button" onClick={() => beginDraft(zone)}>
          {isDraft ? said.change() : said.revise()}
        </button>
        <button type="button" onClick={() => (isEnding.value = true)}>
          {isDraft ? said.removeDraft() : said.end()}
        </button>
      </p>
      {!isEnding.value && <Failure text={refused.value} />}
      {isEnding.value && (
        <Dialog title={isDraft ? said.removeDraft() : said.end()} close={() => (isEnding.value = false)}>
          <p>{said.endNote()}</p>
          <Failure text={refused.value} />
          <p class="acts">
            <button
              type="button"
              class="alarm"
              disabled={isBusy.value}
              onClick={() =>
                void write(async () => {
                  await ask(path, { method: 'DELETE', headers });
                  isEnding.value = false;
                  show({ item: '' }, { isStep: true });
                })
              }
            >
              {isDraft ? said.removeDraft() : said.end()}
            </button>
          </p>
        </Dialog>
      )}
    </>
  );
}
