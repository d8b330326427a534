import {
  INCIDENT_KINDS,
  INCIDENT_STATES,
  SEVERITIES,
} from '../../src/features/incidents/incident.vocabulary.ts';
import { show, type View, view } from '../app/address.ts';
import { value } from '../words/values.ts';
import { said } from './incident.words.ts';

const COUNTRIES = ['DZA', 'LBY', 'TUN'];

export function IncidentFilters() {
  return (
    <search class="filters" aria-label={said.filters()}>
      <Choice
        name="kind"
        label={said.kind()}
        values={INCIDENT_KINDS}
        wordOf={(one) => value('incidentKind', one)}
      />
      <Choice
        name="severity"
        label={said.severity()}
        values={SEVERITIES}
        wordOf={(one) => value('severity', one)}
      />
      <Choice
        name="state"
        label={said.state()}
        values={INCIDENT_STATES}
        wordOf={(one) => value('incidentState', one)}
      />
      <Choice
        name="country"
        label={said.country()}
        values={COUNTRIES}
        wordOf={(one) => value('country', one)}
      />
      <label>
        {said.search()}
        <input
          type="search"
          value={view.value.text}
          onChange={({ currentTarget }) => show({ text: currentTarget.value })}
        />
      </label>
    </search>
  );
}

interface ChoiceParts {
  name: keyof View;
  label: string;
  values: readonly string[];
  wordOf: (one: string) => string;
}

function Choice({ name, label, values, wordOf }: ChoiceParts) {
  return (
    <label>
      {label}
      <select
        value={view.value[name]}
        onChange={({ currentTarget }) => show({ [name]: currentTarget.value })}
      >
        <option value="">{said.all()}</option>
        {values.map((one) => (
          <option key={one} value={one}>
            {wordOf(one)}
          </option>
        ))}
      </select>
    </label>
  );
}
