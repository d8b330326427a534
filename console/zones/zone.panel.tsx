import { useEffect } from 'preact/hooks';
import { may } from '../api/session.ts';
import { show, view } from '../app/address.ts';
import { Failure } from '../app/failure.tsx';
import { value } from '../words/values.ts';
import { nameIn } from '../words/words.ts';
import { DraftForm } from './draft.form.tsx';
import { beginDraft, draft } from './draft.store.ts';
import type { Zone } from './zone.answer.ts';
import { countriesText, validityText } from './zone.facts.ts';
import { drawZones } from './zone.layers.ts';
import { ZonePage } from './zone.page.tsx';
import { failure, followZones, waiting, zones } from './zone.store.ts';
import { said } from './zone.words.ts';

/** The zones that the reader sees, one of them, or the workbench. */
export function ZonePanel() {
  useEffect(() => followZones(), []);
  useEffect(() => drawZones(), []);
  if (draft.value) return <DraftForm />;
  return (
    <>
      <Failure text={failure.value} />
      {view.value.item ? <ZonePage /> : <ZoneList />}
    </>
  );
}

function ZoneList() {
  return (
    <>
      {may('createZone') && (
        <p class="acts">
          <button type="button" class="main" onClick={() => beginDraft()}>
            {said.create()}
          </button>
        </p>
      )}
      {zones.value.length === 0 && <p class="quiet">{said.none()}</p>}
      <ul class="rows" aria-label={said.list()}>
        {zones.value.map((zone) => (
          <ZoneItem key={zone.id} zone={zone} />
        ))}
      </ul>
    </>
  );
}

function ZoneItem({ zone: { id, properties } }: { zone: Zone }) {
  const { names, kind, state, participants, awaiting } = properties;
  return (
    <li>
      <button
        type="button"
        class={`row zone ${state}`}
        onClick={() => show({ item: String(id) }, { isStep: true })}
      >
        <b>
          <bdi>{nameIn(names)}</bdi>
        </b>
        <span class={`badge ${state}`}>{value('zoneState', state)}</span>
        <span class="quiet">{value('zoneKind', kind)}</span>
        <span class="place">{countriesText(participants)}</span>
        <span class="place quiet">{validityText(properties)}</span>
        {waiting.value.has(String(id)) ? (
          <span class="place due">{said.mine()}</span>
        ) : (
          awaiting.length > 0 && (
            <span class="place">{said.waitsFor({ countries: countriesText(awaiting) })}</span>
          )
        )}
      </button>
    </li>
  );
}
