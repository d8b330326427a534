import { COUNTRY_CODES } from '../../src/core/caller.ts';
import { valuesOf } from '../../src/core/vocabulary.ts';
import { type SignedKind, symbolSvg } from '../../src/ogc/symbols/incident.symbol.ts';
import type { SymbolSeverity } from '../../src/ogc/symbols/symbol.palette.ts';
import { me } from '../api/session.ts';
import { Failure } from '../app/failure.tsx';
import { value } from '../words/values.ts';
import { viewersOf } from './report.audience.ts';
import { change, draft } from './report.draft.ts';
import { judgePlace, placeFailure, writePlace } from './report.place.ts';
import { said } from './report.words.ts';

const SEVERITIES = valuesOf('severity');

export function KindField() {
  const { kind, severity = 'minor' } = draft.value;
  return (
    <fieldset class="tiles">
      <legend>{said.kind()}</legend>
      {valuesOf('incidentKind').map((one) => (
        <label key={one} class="tile">
          <input type="radio" name="kind" checked={kind === one} onChange={() => change({ kind: one })} />
          <Sign kind={one} severity={severity} />
          <span>{value('incidentKind', one)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The symbol of the map, as a picture without words of its own. */
export function Sign({ kind, severity }: { kind: SignedKind; severity: SymbolSeverity }) {
  const svg = symbolSvg({ kind, severity, isClosed: false, isExercise: false });
  return <img src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt="" width="26" height="26" />;
}

export function SeverityField() {
  const { severity, kind = 'other' } = draft.value;
  return (
    <fieldset class="tiles four">
      <legend>{said.severity()}</legend>
      {SEVERITIES.map((one, place) => (
        <label key={one} class="tile">
          <input
            type="radio"
            name="severity"
            checked={severity === one}
            onChange={() => change({ severity: one })}
          />
          <Sign kind={kind} severity={one} />
          <span>{value('severity', one)}</span>
          <span class="key" aria-hidden="true">
            {place + 1}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** The severity of a key: 1 to 4. */
export const severityOfKey = (key: string) => (/^[1-4]$/.test(key) ? SEVERITIES[Number(key) - 1] : undefined);

export function PlaceField() {
  return (
    <>
      <label>
        {said.place()}
        <input
          name="place"
          dir="auto"
          autocomplete="off"
          spellcheck={false}
          value={draft.value.placeText}
          aria-describedby="place-hint"
          onInput={({ currentTarget }) => void writePlace(currentTarget.value)}
          onBlur={judgePlace}
        />
      </label>
      <p id="place-hint" class="quiet">
        {said.placeHint({ example: '33.88, 8.12 · 32S MC 28000 15000 · km 412 DZA-TUN' })}
      </p>
      <Failure text={placeFailure.value} />
    </>
  );
}

export function LabelField() {
  const { tlp, releasableTo, kind } = draft.value;
  const country = me.value!.country;
  return (
    <fieldset>
      <legend>{said.label()}</legend>
      <label>
        <span class="unseen">{said.label()}</span>
        <select
          value={tlp}
          onChange={({ currentTarget }) =>
            change({ tlp: currentTarget.value as typeof tlp, releasableTo: [] })
          }
        >
          {valuesOf('tlp').map((one) => (
            <option key={one} value={one}>
              {value('tlp', one)}
            </option>
          ))}
        </select>
      </label>
      {tlp === 'AMBER' && (
        <div class="checks">
          <span>{said.alsoFor()}</span>
          {COUNTRY_CODES.filter((code) => code !== country).map((code) => (
            <label key={code} class="check">
              <input
                type="checkbox"
                checked={releasableTo.includes(code)}
                onChange={({ currentTarget: { checked } }) =>
                  change({
                    releasableTo: checked
                      ? [...releasableTo, code]
                      : releasableTo.filter((other) => other !== code),
                  })
                }
              />
              {value('country', code)}
            </label>
          ))}
        </div>
      )}
      <p aria-live="polite">
        {said.visibleTo({ viewers: viewersOf({ tlp, releasableTo }, country) })}
        {kind === 'distress' && <span class="line">{said.distressNote()}</span>}
      </p>
    </fieldset>
  );
}
