import { may } from '../api/session.ts';
import { show, view } from '../app/address.ts';
import { Failure } from '../app/failure.tsx';
import { shell } from '../words/shell.words.ts';
import { momentOf } from '../words/time.ts';
import { value } from '../words/values.ts';
import { ShiftHandover } from './shift.handover.tsx';
import { ShiftLog } from './shift.log.tsx';
import { OpeningForm } from './shift.opening.tsx';
import { printShift, sheet } from './shift.sheet.store.ts';
import { choose, closed, current, isMine, type Shift, shiftFailure, shortKey, shown } from './shift.store.ts';
import { said } from './shift.words.ts';

export function ShiftPanel() {
  return (
    <>
      <Failure text={shiftFailure.value} />
      {view.value.item ? <OneShift /> : <AllShifts />}
    </>
  );
}

function AllShifts() {
  return (
    <>
      <ShiftRows title={said.current()} rows={current.value} />
      {may('openShift') && <OpeningForm />}
      <ShiftRows title={said.earlier()} rows={closed.value} />
    </>
  );
}

function ShiftRows({ title, rows }: { title: string; rows: readonly Shift[] }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {rows.length === 0 && <p class="quiet">{said.toolNone()}</p>}
      <ul class="rows">
        {rows.map(({ id, place, state, openedAt, closedAt }) => (
          <li key={id}>
            <button type="button" class={`row shift-row ${state}`} onClick={() => choose(id)}>
              <b>
                <bdi>{place.name}</bdi>
              </b>
              <span class="badge">{value('shiftState', state)}</span>
              <span class="place quiet">{value('placeKind', place.kind)}</span>
              <time class="quiet" dateTime={closedAt ?? openedAt}>
                {momentOf(closedAt ?? openedAt)}
              </time>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function OneShift() {
  const whole = shown.value;
  return (
    <>
      <p class="acts">
        <button type="button" onClick={() => show({ item: '' }, { isStep: true })}>
          {said.all()}
        </button>
        {whole && (
          <button
            type="button"
            disabled={sheet.value?.state === 'preparing'}
            onClick={() => void printShift(whole)}
          >
            {sheet.value?.state === 'preparing' ? said.preparing() : said.print()}
          </button>
        )}
      </p>
      {whole ? <ShiftParts key={whole.shift.id} /> : <p class="quiet">{shell.loading()}</p>}
    </>
  );
}

function ShiftParts() {
  const whole = shown.value!;
  const { shift } = whole;
  return (
    <>
      <section>
        <h2>
          <bdi>{shift.place.name}</bdi> <span class="badge">{value('shiftState', shift.state)}</span>
        </h2>
        <ShiftTimes shift={shift} />
        {shift.previous && (
          <button type="button" class="link" onClick={() => choose(shift.previous!)}>
            {said.previous()}
          </button>
        )}
        {shift.state === 'closed' && <p class="sealed">{said.immutable()}</p>}
      </section>
      <ShiftHandover whole={whole} isMine={isMine(shift)} />
      <ShiftLog whole={whole} isMine={isMine(shift)} />
    </>
  );
}

/** Who opened it, offered it and took it over, and when. */
export function ShiftTimes({ shift }: { shift: Shift }) {
  const { place, openedAt, openedBy, offeredAt, offeredBy, closedAt, closedBy } = shift;
  return (
    <ul class="times">
      <li>{value('placeKind', place.kind)}</li>
      <li>{said.opened({ at: momentOf(openedAt), key: shortKey(openedBy) })}</li>
      {offeredAt && <li>{said.offered({ at: momentOf(offeredAt), key: shortKey(offeredBy) })}</li>}
      {closedAt && <li>{said.closed({ at: momentOf(closedAt), key: shortKey(closedBy) })}</li>}
    </ul>
  );
}
