import { useSignal } from '@preact/signals';
import type { z } from 'zod';
import { COUNTRY_CODES, type CountryCode } from '../../src/core/caller.ts';
import { valuesOf } from '../../src/core/vocabulary.ts';
import type { ReleasePreview } from '../../src/features/release/release.schema.ts';
import { ask } from '../api/request.ts';
import { may } from '../api/session.ts';
import { Failure } from '../app/failure.tsx';
import { useWrite } from '../app/write.ts';
import { said as report } from '../report/report.words.ts';
import { value } from '../words/values.ts';
import type { FormParts } from './detail.store.ts';
import { said } from './detail.words.ts';

type Preview = z.output<typeof ReleasePreview>;
type Tlp = Preview['after']['tlp'];

/** Who would see the incident under another label, and then the label itself. */
export function ReleaseForm({ shown: { id, incident }, done }: FormParts) {
  const { properties } = incident;
  const tlp = useSignal<Tlp>(properties.tlp);
  const to = useSignal<CountryCode[]>(properties.releasableTo);
  const preview = useSignal<Preview | undefined>(undefined);
  const { isBusy, failure, write } = useWrite();
  const label = () => ({
    collection: 'incidents',
    id,
    tlp: tlp.value,
    releasableTo: tlp.value === 'AMBER' ? to.value : [],
  });
  const look = () =>
    write(async () => {
      preview.value = (await ask<Preview>('/release/preview', { method: 'POST', body: label() })).body;
    });
  const release = async () => {
    if (await write(() => ask('/release', { method: 'POST', body: label() }))) done();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void release();
      }}
    >
      <label>
        {report.label()}
        <select
          value={tlp.value}
          onChange={({ currentTarget }) => {
            tlp.value = currentTarget.value as Tlp;
            preview.value = undefined;
          }}
        >
          {valuesOf('tlp').map((one) => (
            <option key={one} value={one}>
              {value('tlp', one)}
            </option>
          ))}
        </select>
      </label>
      {tlp.value === 'AMBER' && (
        <div class="checks">
          <span>{report.alsoFor()}</span>
          {COUNTRY_CODES.filter((code) => code !== properties.owner).map((code) => (
            <label key={code} class="check">
              <input
                type="checkbox"
                checked={to.value.includes(code)}
                onChange={({ currentTarget: { checked } }) => {
                  to.value = checked ? [...to.value, code] : to.value.filter((other) => other !== code);
                  preview.value = undefined;
                }}
              />
              {value('country', code)}
            </label>
          ))}
        </div>
      )}
      {preview.value && <Viewers {...preview.value} />}
      <Failure text={failure.value} />
      <p class="acts">
        {may('previewRelease') && (
          <button type="button" disabled={isBusy.value} onClick={() => void look()}>
            {said.preview()}
          </button>
        )}
        <button
          type="submit"
          class="main"
          disabled={isBusy.value || (may('previewRelease') && preview.value === undefined)}
        >
          {said.releaseNow()}
        </button>
      </p>
    </form>
  );
}

function Viewers({ viewers }: Preview) {
  const wider = viewers.some(({ seesNow, seesAfter }) => seesAfter && !seesNow);
  const narrower = viewers.some(({ seesNow, seesAfter }) => seesNow && !seesAfter);
  const word = (sees: boolean) => (sees ? said.sees() : said.seesNot());
  return (
    <div aria-live="polite">
      {wider && <p>{said.widens()}</p>}
      {narrower && <p>{said.narrows()}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">{said.viewer()}</th>
            <th scope="col">{said.now()}</th>
            <th scope="col">{said.after()}</th>
          </tr>
        </thead>
        <tbody>
          {viewers.map(({ viewer, seesNow, seesAfter }) => (
            <tr key={viewer}>
              <th scope="row">{value('viewer', viewer)}</th>
              <td>{word(seesNow)}</td>
              <td>{seesNow === seesAfter ? word(seesAfter) : <b>{word(seesAfter)}</b>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
