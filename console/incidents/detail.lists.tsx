import { ask } from '../api/request.ts';
import { may, me } from '../api/session.ts';
import { show } from '../app/address.ts';
import { Failure } from '../app/failure.tsx';
import { useWrite } from '../app/write.ts';
import { nameOf } from '../words/names.ts';
import { momentOf } from '../words/time.ts';
import { value } from '../words/values.ts';
import { listOf, nameIn } from '../words/words.ts';
import { Section } from './detail.section.tsx';
import { type Detail, refreshDetail, type SameAs } from './detail.store.ts';
import { said } from './detail.words.ts';

/** What others and the own agency said and did about the incident. */
export function DetailLists(shown: Detail) {
  const { milestones, acknowledgements, requests, reports, procedures } = shown;
  return (
    <>
      {milestones && (
        <Section title={said.milestones()}>
          {(['firstAcknowledgement', 'firstResponse', 'closing'] as const).map((name) => (
            <li key={name}>
              {said[name]()}: <b>{milestones[name] ? momentOf(milestones[name].at) : said.notYet()}</b>
              {milestones[name] && <bdi class="quiet"> {nameOf('agencies', milestones[name].agency)}</bdi>}
            </li>
          ))}
        </Section>
      )}
      {acknowledgements.length > 0 && (
        <Section title={said.acknowledgements()}>
          {acknowledgements.map(({ agency, at }) => (
            <Entry key={agency} who={agency} at={at} what="" />
          ))}
        </Section>
      )}
      <Responses {...shown} />
      {reports.length > 0 && (
        <Section title={said.reports()}>
          {reports.map(({ id, agency, at, text, severity, state }) => (
            <Entry
              key={id}
              who={agency}
              at={at}
              what={listOf([
                ...(severity ? [value('severity', severity)] : []),
                ...(state ? [value('incidentState', state)] : []),
              ])}
              text={text}
            />
          ))}
        </Section>
      )}
      {requests.length > 0 && (
        <Section title={said.requests()}>
          {requests.map(({ id, agency, kind, state, dueAt, overdue, text, answer, needs }) => (
            <li key={id}>
              <b>{value('requestKind', kind)}</b> <span class="badge">{value('requestState', state)}</span>{' '}
              {overdue && <span class="badge severe">{said.overdue()}</span>}
              <span class="line quiet">
                <bdi>{nameOf('agencies', agency)}</bdi>, {said.due({ when: momentOf(dueAt) })}
              </span>
              {needs.length > 0 && (
                <span class="line">{listOf(needs.map((need) => value('need', need)))}</span>
              )}
              <bdi class="line">{text}</bdi>
              {answer && <bdi class="line">{answer}</bdi>}
            </li>
          ))}
        </Section>
      )}
      {procedures.length > 0 && (
        <Section title={said.procedures()}>
          {procedures.map(({ id, version, names, documents }) => (
            <li key={`${id} ${version}`}>
              <bdi>{nameIn(names)}</bdi>{' '}
              {documents.map(({ href, languages }) => (
                <a key={href} href={href} rel="noreferrer" target="_blank">
                  <bdi>{listOf(languages)}</bdi>
                </a>
              ))}
            </li>
          ))}
        </Section>
      )}
      <Doubles {...shown} />
    </>
  );
}

interface EntryParts {
  who: string;
  at: string;
  what: string;
  text?: string | null;
}

function Entry({ who, at, what, text }: EntryParts) {
  return (
    <li>
      <time class="quiet" dateTime={at}>
        {momentOf(at)}
      </time>{' '}
      <bdi>{nameOf('agencies', who)}</bdi> {what && <b>{what}</b>}
      {text && <bdi class="line">{text}</bdi>}
    </li>
  );
}

const NEXT = { planned: ['in_progress', 'done'], in_progress: ['done'], done: [] } as const;

function Responses({ id, responses }: Detail) {
  const { isBusy, failure, write } = useWrite();
  if (responses.length === 0) return null;
  const set = (response: string, state: string) =>
    write(async () => {
      await ask(`/incidents/${id}/responses/${response}`, { method: 'PATCH', body: { state } });
      await refreshDetail();
    });
  return (
    <>
      <Section title={said.responses()}>
        {responses.map(({ id: response, agency, kind, state, text, updatedAt }) => (
          <li key={response}>
            <b>{value('responseKind', kind)}</b> <span class="badge">{value('responseState', state)}</span>
            <span class="line quiet">
              <bdi>{nameOf('agencies', agency)}</bdi>, {momentOf(updatedAt)}
            </span>
            {text && <bdi class="line">{text}</bdi>}
            {agency === me.value?.agency &&
              may('changeResponse') &&
              NEXT[state].map((next) => (
                <button
                  key={next}
                  type="button"
                  disabled={isBusy.value}
                  onClick={() => void set(response, next)}
                >
                  {said.setTo({ state: value('responseState', next) })}
                </button>
              ))}
          </li>
        ))}
      </Section>
      <Failure text={failure.value} />
    </>
  );
}

function Doubles({ id, sameAs }: Detail) {
  const { isBusy, failure, write } = useWrite();
  if (sameAs.length === 0) return null;
  const decide = ({ incident }: SameAs, decision: string) =>
    write(async () => {
      await ask(`/incidents/${id}/same-as/${incident}`, { method: 'PUT', body: { decision } });
      await refreshDetail();
    });
  return (
    <>
      <Section title={said.sameAs()}>
        {sameAs.map((one) => (
          <li key={one.incident}>
            <span class="badge">{value('sameAsState', one.state)}</span>{' '}
            <button type="button" onClick={() => show({ incident: one.incident }, { isStep: true })}>
              {said.openOther()}
            </button>
            {may('decideSameAs') &&
              (['confirm', 'refuse'] as const).map((decision) => (
                <button
                  key={decision}
                  type="button"
                  disabled={isBusy.value}
                  onClick={() => void decide(one, decision)}
                >
                  {value('sameAsDecision', decision)}
                </button>
              ))}
          </li>
        ))}
      </Section>
      <Failure text={failure.value} />
    </>
  );
}
