import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { read } from '../api/request.ts';
import { me } from '../api/session.ts';
import { show } from '../app/address.ts';
import { nameOf, partyOf } from '../words/names.ts';
import { momentOf } from '../words/time.ts';
import { value, valuesIn, within } from '../words/values.ts';
import { listOf, nameIn, numberOf } from '../words/words.ts';
import { ItemCard } from './tray.item.tsx';
import type { AssessmentRow, ProposalRow, ReactionRow, RequestRow, TrayItem, ZoneRow } from './tray.store.ts';
import { said } from './tray.words.ts';

/** A card with the facts that an officer needs to decide. */
export function TrayCard({ item }: { item: TrayItem }) {
  if (item.kind === 'zone') return <ZoneCard item={item} row={item.row} />;
  if (item.kind === 'proposal') return <ProposalCard item={item} row={item.row} />;
  if (item.kind === 'request') return <RequestCard item={item} row={item.row} />;
  if (item.kind === 'reaction') return <ReactionCard item={item} row={item.row} />;
  return <AssessmentCard item={item} row={item.row} />;
}

type CardOf<Row> = { item: TrayItem; row: Row };

// a text of another language keeps its direction, and stands where the page begins
const Fact = ({ children }: { children: ComponentChildren }) => (
  <p>
    <bdi>{children}</bdi>
  </p>
);
const partiesOf = (ids: readonly string[]): string => listOf(ids.map(partyOf));

function ZoneCard({ item, row }: CardOf<ZoneRow>) {
  const { names, kind, participants, awaiting, validFrom, validTo, purpose, areaKm2, revision, agency } =
    row.properties;
  const at = momentOf(validFrom);
  return (
    <ItemCard item={item} title={nameIn(names, row.id)} sort={value('zoneKind', kind)}>
      <Fact>{said.participants({ who: partiesOf(participants) })}</Fact>
      <Fact>{said.awaits({ who: partiesOf(awaiting) })}</Fact>
      {agency && <Fact>{said.by({ who: partyOf(agency) })}</Fact>}
      <Fact>
        {validTo ? said.validBetween({ at, end: momentOf(validTo) }) : said.validFrom({ at })}
        {' · '}
        <bdi>
          {numberOf(areaKm2, { maximumFractionDigits: 0 })} {value('unit', 'squareKilometre')}
        </bdi>
        {' · '}
        {said.revision({ n: String(revision) })}
      </Fact>
      {purpose && <Fact>{purpose}</Fact>}
      <ShowOnMap at={middleOf(row.geometry.coordinates)} />
    </ItemCard>
  );
}

interface Subject {
  names?: Parameters<typeof nameIn>[0];
  purpose?: string;
  documents?: { href: string; languages: string[] }[];
  segment?: string | null;
  level?: string;
  aspects?: string[];
  rationale?: string;
  evidence?: string[];
  validForDays?: number | null;
  reason?: string | null;
  source?: string;
  touches?: string[];
  zone?: string | null;
  crossing?: string | null;
}

/** What proposals are about, once read; it never changes. */
const subjects = signal<ReadonlyMap<string, Subject>>(new Map());
const asked = new Set<string>();

function subjectOf({ id, path }: ProposalRow): Subject {
  const key = `${me.value?.agency}/${id}`;
  if (!asked.has(key)) {
    asked.add(key);
    void read<Subject>(path)
      .then((subject) => (subjects.value = new Map([...subjects.value, [key, subject]])))
      .catch(() => asked.delete(key));
  }
  return subjects.value.get(key) ?? {};
}

function ProposalCard({ item, row }: CardOf<ProposalRow>) {
  const subject = subjectOf(row);
  const { subjectType, participants, country, agency, awaiting, decisions } = row;
  const { level, segment, names, source } = subject;
  const sort = value('proposalSubject', subjectType);
  const title =
    level && segment
      ? said.levelOf({ level: within('impactLevel', level), id: segment })
      : nameIn(names, source ?? sort);
  return (
    <ItemCard item={item} title={title} sort={sort}>
      <Fact>{said.participants({ who: partiesOf(participants) })}</Fact>
      <Fact>
        {said.by({ who: partyOf(agency) })} · {value('country', country)}
      </Fact>
      <Fact>{said.awaits({ who: partiesOf(awaiting) })}</Fact>
      {decisions.map(({ country, decision, at }) => (
        <Fact key={`${country}${at}`}>
          {value('country', country)}: {value('jointDecision', decision)}, {momentOf(at)}
        </Fact>
      ))}
      <SubjectFacts subject={subject} />
    </ItemCard>
  );
}

function SubjectFacts({ subject }: { subject: Subject }) {
  const { aspects, rationale, evidence = [], purpose, reason, documents = [], touches = [] } = subject;
  const { zone, crossing, validForDays, source } = subject;
  return (
    <>
      {aspects && <Fact>{valuesIn('impactAspect', aspects)}</Fact>}
      {validForDays && <Fact>{said.validFor({ n: validForDays })}</Fact>}
      {[rationale, purpose, reason].map((text) => text && <Fact key={text}>{text}</Fact>)}
      {evidence.length > 0 && <Fact>{said.evidence({ what: listOf(evidence) })}</Fact>}
      {touches.length > 0 && (
        <Fact>
          {said.touches({ what: '' })}
          <bdi dir="ltr">{touches.slice(0, 20).join(', ')}</bdi>
        </Fact>
      )}
      {touches.length > 0 && source && <Fact>{said.source({ what: source })}</Fact>}
      {zone && <Fact>{nameOf('zones', zone)}</Fact>}
      {crossing && <Fact>{said.crossing({ name: nameOf('crossings', crossing) })}</Fact>}
      {documents.map(({ href, languages }) => (
        <Fact key={href}>
          <a href={href} target="_blank" rel="noreferrer noopener">
            {said.document({ languages: listOf(languages.map(languageName)) })}
          </a>
        </Fact>
      ))}
    </>
  );
}

const languageName = (tag: string): string =>
  new Intl.DisplayNames(document.documentElement.lang, { type: 'language' }).of(tag) ?? tag;

function RequestCard({ item, row }: CardOf<RequestRow>) {
  const { kind, agency, to, needs, text, state, answer, answeredBy } = row;
  return (
    <ItemCard item={item} title={text} sort={value('requestKind', kind)}>
      <Fact>
        {said.from({ who: partyOf(agency) })} · {said.to({ who: partiesOf(to) })} ·{' '}
        {value('requestState', state)}
      </Fact>
      {needs.length > 0 && <Fact>{valuesIn('need', needs)}</Fact>}
      {answer && <Fact>{said.answered({ who: partyOf(answeredBy ?? ''), text: answer })}</Fact>}
      <Subjects row={row} />
    </ItemCard>
  );
}

function Subjects({ row: { incident, zone, segment, crossing, place } }: { row: RequestRow }) {
  return (
    <>
      {incident && (
        <p class="acts">
          <button type="button" class="link-like" onClick={() => show({ incident })}>
            {said.incident()}
          </button>
        </p>
      )}
      {zone && <Fact>{nameOf('zones', zone)}</Fact>}
      {segment && <Fact>{said.segment({ id: segment })}</Fact>}
      {crossing && <Fact>{said.crossing({ name: nameOf('crossings', crossing) })}</Fact>}
      {place && <ShowOnMap at={middleOf(place.coordinates)} />}
    </>
  );
}

function ReactionCard({ item, row: { kind, segment, country } }: CardOf<ReactionRow>) {
  return (
    <ItemCard item={item} title={value('reactionKind', kind)} sort={said.segment({ id: segment })}>
      <Fact>{value('countrySide', country)}</Fact>
    </ItemCard>
  );
}

function AssessmentCard({ item, row }: CardOf<AssessmentRow>) {
  const { level, segment, agency } = row;
  const title = said.levelOf({ level: within('impactLevel', level), id: segment });
  return (
    <ItemCard item={item} title={title} sort={said.segment({ id: segment })}>
      <Fact>{said.by({ who: partyOf(agency) })}</Fact>
      <SubjectFacts subject={row} />
    </ItemCard>
  );
}

function ShowOnMap({ at }: { at: Middle }) {
  return (
    <p class="acts">
      <button type="button" class="link-like" onClick={() => show({ map: `${at.zoom}/${at.lat}/${at.lon}` })}>
        {said.onMap()}
      </button>
    </p>
  );
}

interface Middle {
  lon: string;
  lat: string;
  zoom: number;
}

/** The middle of nested coordinates, and a zoom at which most of them fit. */
function middleOf(coordinates: unknown): Middle {
  const flat = (coordinates as number[]).flat(9);
  const lons = flat.filter((_, n) => n % 2 === 0);
  const lats = flat.filter((_, n) => n % 2 === 1);
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const width = Math.max(east - west, north - south, 0.05);
  const zoom = Math.max(4, Math.min(12, Math.floor(Math.log2(360 / width))));
  return { lon: ((west + east) / 2).toFixed(4), lat: ((south + north) / 2).toFixed(4), zoom };
}
