import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { value } from '../words/values.ts';
import type { Zone } from './zone.answer.ts';
import { dateText, differencesOf } from './zone.facts.ts';
import { compared, type OpenZone } from './zone.store.ts';
import { said } from './zone.words.ts';

/** All revisions, and what differs between two of them: in words, and drawn over each other on the map. */
export function ZoneRevisions({ zone: { revisions } }: { zone: OpenZone }) {
  const isComparing = useSignal(false);
  return (
    <section aria-label={said.revisions()}>
      <h3>{said.revisions()}</h3>
      <ol class="revisions">
        {revisions.map(({ properties }) => (
          <li key={properties.revision}>
            <b>{said.revision({ n: properties.revision })}</b>{' '}
            <span class={`badge ${properties.state}`}>{value('zoneState', properties.state)}</span>{' '}
            <span class="quiet">{dateText(properties.proposedAt ?? properties.createdAt)}</span>
          </li>
        ))}
      </ol>
      {revisions.length > 1 && (
        <p class="acts">
          <button
            type="button"
            aria-expanded={isComparing.value}
            onClick={() => (isComparing.value = !isComparing.value)}
          >
            {said.compare()}
          </button>
        </p>
      )}
      {isComparing.value && revisions.length > 1 && <Comparison revisions={revisions} />}
    </section>
  );
}

function Comparison({ revisions }: { revisions: Zone[] }) {
  const chosen = useSignal({ before: revisions.length - 2, after: revisions.length - 1 });
  const [before, after] = [revisions[chosen.value.before]!, revisions[chosen.value.after]!];
  useEffect(() => {
    compared.value = { before, after };
    return () => {
      compared.value = undefined;
    };
  }, [before, after]);
  const differences = differencesOf(before.properties, after.properties);
  return (
    <>
      <p class="acts">
        <Choice
          label={said.before()}
          {...{ revisions, index: chosen.value.before }}
          choose={(before) => (chosen.value = { ...chosen.value, before })}
        />
        <Choice
          label={said.after()}
          {...{ revisions, index: chosen.value.after }}
          choose={(after) => (chosen.value = { ...chosen.value, after })}
        />
      </p>
      <table aria-label={said.compare()}>
        <thead>
          <tr>
            <td />
            <th scope="col">{said.revision({ n: before.properties.revision })}</th>
            <th scope="col">{said.revision({ n: after.properties.revision })}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((one) => (
            <tr key={one.label}>
              <th scope="row">{one.label}</th>
              <td>
                <bdi>{one.before || '—'}</bdi>
              </td>
              <td>
                <bdi>{one.after || '—'}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{said.same()}</p>
      <ul class="key">
        <li class="before">{said.onlyBefore()}</li>
        <li class="after">{said.onlyAfter()}</li>
        <li class="both">{said.inBoth()}</li>
      </ul>
    </>
  );
}

interface ChoiceParts {
  label: string;
  revisions: Zone[];
  index: number;
  choose: (index: number) => void;
}

function Choice({ label, revisions, index, choose }: ChoiceParts) {
  return (
    <label>
      {label}
      <select value={index} onChange={({ currentTarget }) => choose(Number(currentTarget.value))}>
        {revisions.map(({ properties }, i) => (
          <option key={properties.revision} value={i}>
            {said.revision({ n: properties.revision })}
          </option>
        ))}
      </select>
    </label>
  );
}
