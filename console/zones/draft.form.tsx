import { useSignal } from '@preact/signals';
import { valuesOf } from '../../src/core/vocabulary.ts';
import { Failure } from '../app/failure.tsx';
import { useWrite } from '../app/write.ts';
import { shell } from '../words/shell.words.ts';
import { value } from '../words/values.ts';
import { AreaFields } from './draft.area.tsx';
import { Choice, Group } from './draft.fields.tsx';
import { DraftPreview } from './draft.preview.tsx';
import { draft, isProposal, saveDraft, set } from './draft.store.ts';
import { asked } from './draft.words.ts';
import { COUNTRIES } from './zone.answer.ts';
import { said } from './zone.words.ts';

/** The workbench: the area, what it would cover, and what is said of it. */
export function DraftForm() {
  const { isBusy, failure, write } = useWrite();
  const isSame = useSignal(false);
  const save = (isProposed: boolean) =>
    write(async () => {
      isSame.value = !(await saveDraft({ isProposed }));
    });
  return (
    <form
      class="workbench"
      aria-label={titleOf()}
      onSubmit={(event) => {
        event.preventDefault();
        void save((event.submitter as HTMLButtonElement | null)?.value === 'propose');
      }}
    >
      <h2>{titleOf()}</h2>
      <AreaFields />
      <DraftPreview />
      <Content />
      <Failure text={failure.value} />
      {isSame.value && <p role="status">{asked.nothingChanged()}</p>}
      <p class="acts">
        {!isProposal.value && (
          <button type="submit" value="save" class="main" disabled={isBusy.value}>
            {asked.save()}
          </button>
        )}
        <button type="submit" value="propose" disabled={isBusy.value}>
          {asked.propose()}
        </button>
        <button type="button" onClick={() => (draft.value = undefined)}>
          {shell.cancel()}
        </button>
      </p>
    </form>
  );
}

function titleOf(): string {
  const base = draft.value?.base;
  if (!base) return asked.create();
  return isProposal.value ? asked.revise({ n: base.zone.properties.revision + 1 }) : asked.change();
}

function Content() {
  const { kind, purpose, tlp, legalAct, validFrom, validTo } = draft.value!;
  return (
    <>
      <Countries label={said.participants()} name="participants" />
      <Group label={asked.names()}>
        <Line label={asked.nameEn()} name="nameEn" lang="en" required />
        <Line label={asked.nameFr()} name="nameFr" lang="fr" />
        <Line label={asked.nameAr()} name="nameAr" lang="ar" />
      </Group>
      <Choice
        label={said.kind()}
        chosen={kind}
        values={valuesOf('zoneKind')}
        wordOf={(one) => value('zoneKind', one)}
        choose={(kind) => set({ kind })}
      />
      <label>
        {said.purpose()}
        <textarea
          dir="auto"
          rows={2}
          maxLength={500}
          required
          value={purpose}
          onInput={({ currentTarget }) => set({ purpose: currentTarget.value })}
        />
        <small class="quiet">{asked.purposeNote()}</small>
      </label>
      <Group label={said.validity()}>
        <Moment label={asked.validFrom()} at={validFrom} choose={(validFrom) => set({ validFrom })} />
        <Moment label={asked.validTo()} at={validTo} choose={(validTo) => set({ validTo })} />
        <small class="quiet">{asked.validNote()}</small>
      </Group>
      <label>
        {said.legalAct()}
        <input
          dir="auto"
          maxLength={300}
          value={legalAct}
          onInput={({ currentTarget }) => set({ legalAct: currentTarget.value })}
        />
      </label>
      <Choice
        label={said.seenBy()}
        chosen={tlp}
        values={valuesOf('tlp')}
        wordOf={(one) => value('tlp', one)}
        choose={(tlp) => set({ tlp })}
      />
      {tlp === 'AMBER' && <Countries label={said.releasedTo()} name="releasableTo" />}
    </>
  );
}

interface LineParts {
  label: string;
  name: 'nameEn' | 'nameFr' | 'nameAr';
  lang: string;
  required?: boolean;
}

function Line({ label, name, lang, required = false }: LineParts) {
  return (
    <label>
      {label}
      <input
        lang={lang}
        dir="auto"
        maxLength={200}
        required={required}
        value={draft.value![name]}
        onInput={({ currentTarget }) => set({ [name]: currentTarget.value })}
      />
    </label>
  );
}

function Moment({ label, at, choose }: { label: string; at: string; choose: (at: string) => void }) {
  return (
    <label>
      {label}
      <input type="datetime-local" value={at} onInput={({ currentTarget }) => choose(currentTarget.value)} />
    </label>
  );
}

function Countries({ label, name }: { label: string; name: 'participants' | 'releasableTo' }) {
  const chosen = draft.value![name];
  return (
    <Group label={label}>
      <p class="checks">
        {COUNTRIES.map((country) => (
          <label key={country}>
            <input
              type="checkbox"
              checked={chosen.includes(country)}
              onChange={({ currentTarget: { checked } }) =>
                set({ [name]: COUNTRIES.filter((one) => (one === country ? checked : chosen.includes(one))) })
              }
            />
            {value('country', country)}
          </label>
        ))}
      </p>
    </Group>
  );
}
