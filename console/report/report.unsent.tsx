import { show } from '../app/address.ts';
import { value } from '../words/values.ts';
import { draft, drop, sendWaiting, type Unsent, unsent } from './report.draft.ts';
import { Confirmed } from './report.panel.tsx';
import { said } from './report.words.ts';

/** Above everything: what the service does not have yet. */
export function UnsentReports() {
  return (
    <>
      <Confirmed />
      {unsent.value.length > 0 && (
        <section class="unsent" aria-label={said.unsent()} role="alert">
          <ul>
            {unsent.value.map((one) => (
              <UnsentReport key={one.draft.id} one={one} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function UnsentReport({ one }: { one: Unsent }) {
  const kind = value('incidentKind', one.draft.kind!);
  const edit = () => {
    draft.value = one.draft;
    drop(one);
    show({ part: 'report' }, { isStep: true });
  };
  return (
    <li>
      <span>{one.refusal ? said.refused({ kind, reason: one.refusal }) : said.notYet({ kind })}</span>{' '}
      {one.refusal ? (
        <button type="button" onClick={edit}>
          {said.edit()}
        </button>
      ) : (
        <button type="button" onClick={() => void sendWaiting()}>
          {said.sendNow()}
        </button>
      )}
      <button type="button" onClick={() => drop(one)}>
        {said.discard()}
      </button>
    </li>
  );
}
