import { useSignal } from '@preact/signals';
import { ask } from '../api/request.ts';
import { may, me } from '../api/session.ts';
import { Dialog } from '../app/dialog.tsx';
import { Failure } from '../app/failure.tsx';
import { useWrite } from '../app/write.ts';
import { value } from '../words/values.ts';
import { type Consent, isWaiting, type Zone } from './zone.answer.ts';
import { dateText } from './zone.facts.ts';
import { type OpenZone, refresh } from './zone.store.ts';
import { said } from './zone.words.ts';

type Decision = Consent['decision'];

/** The last decision of each country about a revision. */
function decisionsOf({ consents }: OpenZone, revision: number): Map<string, Consent> {
  return new Map(consents.filter((one) => one.revision === revision).map((one) => [one.country, one]));
}

/** Who has decided what about the newest revision, and what the reader may decide. */
export function ZoneConsents({ zone }: { zone: OpenZone }) {
  const { participants, revision, awaiting } = zone.newest.properties;
  const decisions = decisionsOf(zone, revision);
  return (
    <section aria-label={said.consents()}>
      <h3>{said.consents()}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{said.country()}</th>
            <th scope="col">{said.decision()}</th>
            <th scope="col">{said.at()}</th>
          </tr>
        </thead>
        <tbody>
          {participants.map((country) => (
            <ConsentRow
              key={country}
              country={country}
              consent={decisions.get(country)}
              isAwaited={awaiting.includes(country)}
            />
          ))}
        </tbody>
      </table>
      <Decide zone={zone} />
    </section>
  );
}

interface ConsentRowParts {
  country: string;
  consent: Consent | undefined;
  isAwaited: boolean;
}

function ConsentRow({ country, consent, isAwaited }: ConsentRowParts) {
  return (
    <tr>
      <th scope="row">{value('country', country)}</th>
      <td>
        {consent ? value('zoneDecision', consent.decision) : isAwaited ? said.undecided() : said.notAsked()}
        {consent?.reason && (
          <p class="quiet">
            {said.why()}: <bdi>{consent.reason}</bdi>
          </p>
        )}
      </td>
      <td>{consent && <time dateTime={consent.at}>{dateText(consent.at)}</time>}</td>
    </tr>
  );
}

interface Act {
  decision: Decision;
  revision: number;
}

/** What a coordinator of a participant can decide now: about the newest revision, or the one in force beside it. */
function actsOn(zone: OpenZone): Act[] {
  const country = me.value?.country;
  if (!country || !may('addZoneConsent')) return [];
  const revisions = [zone.newest, zone.shown].filter(
    ({ properties }, i, both) =>
      properties.participants.includes(country) &&
      both.findIndex((one) => one.properties.revision === properties.revision) === i,
  );
  return revisions.flatMap((revision) => decisionsFor(zone, revision, country));
}

function decisionsFor(zone: OpenZone, { properties }: Zone, country: string): Act[] {
  const { revision, state, agreed } = properties;
  const mine = decisionsOf(zone, revision).get(country)?.decision;
  const isGiven = mine === 'approve' || state === 'active' || (state === 'proposed' && agreed);
  const possible: Decision[] = isWaiting(properties)
    ? isGiven
      ? ['withdraw']
      : ['approve', 'reject']
    : isGiven && (state === 'active' || state === 'proposed')
      ? ['withdraw']
      : [];
  return possible.map((decision) => ({ decision, revision }));
}

function Decide({ zone }: { zone: OpenZone }) {
  const { isBusy, failure, write } = useWrite();
  const asking = useSignal<Act | undefined>(undefined);
  const reason = useSignal('');
  const decide = (act: Act) =>
    write(async () => {
      const body = { ...act, ...(reason.value.trim() && { reason: reason.value.trim() }) };
      await ask(`/zones/${encodeURIComponent(zone.id)}/consents`, { method: 'POST', body });
      asking.value = undefined;
      reason.value = '';
      await refresh();
    });
  const acts = actsOn(zone);
  return (
    <>
      <p class="acts">
        {acts.map((act) => (
          <button
            key={`${act.decision}${act.revision}`}
            type="button"
            class={act.decision === 'approve' ? 'main' : ''}
            disabled={isBusy.value}
            onClick={() => {
              failure.value = '';
              if (act.decision === 'approve') void decide(act);
              else asking.value = act;
            }}
          >
            {act.revision === zone.newest.properties.revision
              ? said[act.decision]()
              : said.ofRevision({ act: said[act.decision](), n: act.revision })}
          </button>
        ))}
      </p>
      {!asking.value && <Failure text={failure.value} />}
      {asking.value && (
        <Dialog
          title={said.ofRevision({ act: said[asking.value.decision](), n: asking.value.revision })}
          close={() => (asking.value = undefined)}
        >
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void decide(asking.value!);
            }}
          >
            {asking.value.decision === 'withdraw' && <p>{said.withdrawNote()}</p>}
            <label>
              {said.why()}
              <textarea
                dir="auto"
                rows={3}
                maxLength={500}
                required={asking.value.decision === 'reject'}
                value={reason.value}
                onInput={({ currentTarget }) => (reason.value = currentTarget.value)}
              />
            </label>
            <p class="quiet">{said.reasonNote()}</p>
            <Failure text={failure.value} />
            <p class="acts">
              <button type="submit" class="main" disabled={isBusy.value}>
                {said[asking.value.decision]()}
              </button>
            </p>
          </form>
        </Dialog>
      )}
    </>
  );
}
