import {
  INCIDENT_KINDS,
  INCIDENT_STATES,
  SEVERITIES,
} from '../../src/features/incidents/incident.vocabulary.ts';
import { show, view } from '../app/address.ts';
import { FilterChoice } from '../app/filter.choice.tsx';
import { value } from '../words/values.ts';
import { said } from './incident.words.ts';

const COUNTRIES = ['DZA', 'LBY', 'TUN'];

export function IncidentFilters() {
  return (
    <search class="filters" aria-label={said.filters()}>
      <FilterChoice
        all={said.all()}
        name="kind"
        label={said.kind()}
        values={INCIDENT_KINDS}
        wordOf={(one) => value('incidentKind', one)}
      />
      <FilterChoice
        all={said.all()}
        name="severity"
        label={said.severity()}
        values={SEVERITIES}
        wordOf={(one) => value('severity', one)}
      />
      <FilterChoice
        all={said.all()}
        name="state"
        label={said.state()}
        values={INCIDENT_STATES}
        wordOf={(one) => value('incidentState', one)}
      />
      <FilterChoice
        all={said.all()}
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
