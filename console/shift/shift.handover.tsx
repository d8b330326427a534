import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { may, me } from '../api/session.ts';
import { Failure } from '../app/failure.tsx';
import { refusalText, useWrite } from '../app/write.ts';
import { OpenItemList } from './open.item.list.tsx';
import { type OpenItems, readHanded, readOpenNow } from './open.items.store.ts';
import { confirm, type Handover, offer, type WholeShift, withdraw } from './shift.store.ts';
import { said } from './shift.words.ts';

interface HandoverParts {
  whole: WholeShift;
  isMine: boolean;
}

/** What is open, and the two signatures. */
export function ShiftHandover({ whole, isMine }: HandoverParts) {
  const { shift, handover } = whole;
  const open = useSignal<OpenItems | undefined>(undefined);
  const failure = useSignal('');
  useEffect(() => {
    let isOver = false;
    (handover ? readHanded(handover, shift) : readOpenNow(shift)).then(
      (items) => {
        if (isOver) return;
        open.value = items;
        failure.value = '';
      },
      (error) => {
        failure.value = refusalText(error);
      },
    );
    return () => {
      isOver = true;
    };
  }, [whole]);
  return (
    <section aria-label={said.handover()}>
      <h2>{said.handover()}</h2>
      {handover?.remark && <p class="remark">{said.remarked({ text: handover.remark })}</p>}
      <h3>{handover ? said.handedItems() : said.openItems()}</h3>
      <Failure text={failure.value} />
      {handover && !handover.isComplete && <p class="sealed">{said.incomplete()}</p>}
      {open.value && <OpenItemList open={open.value} />}
      {isMine && shift.state === 'open' && may('offerHandover') && <OfferForm shift={shift.id} />}
      {isMine && handover?.state === 'offered' && may('confirmHandover') && <Answer handover={handover} />}
    </section>
  );
}

function OfferForm({ shift }: { shift: string }) {
  const { isBusy, failure, write } = useWrite();
  return (
    <form
      class="shift-form"
      aria-label={said.offer()}
      onSubmit={(event) => {
        event.preventDefault();
        const remark = String(new FormData(event.currentTarget).get('remark')).trim();
        void write(() => offer(shift, remark));
      }}
    >
      <p class="quiet">{said.beforeOffer()}</p>
      <label>
        {said.remark()}
        <textarea name="remark" rows={2} maxLength={500} dir="auto" />
      </label>
      <Failure text={failure.value} />
      <p class="acts">
        <button type="submit" disabled={isBusy.value}>
          {said.offer()}
        </button>
      </p>
    </form>
  );
}

/** The key that offered may take it back; another one takes over or refuses. */
function Answer({ handover }: { handover: Handover }) {
  const { isBusy, failure, write } = useWrite();
  const isOwnOffer = handover.offeredBy === me.value?.key;
  return (
    <>
      <p class="quiet">{isOwnOffer ? said.otherKey() : said.readFirst()}</p>
      <Failure text={failure.value} />
      <p class="acts">
        {!isOwnOffer && (
          <button
            type="button"
            class="main"
            disabled={isBusy.value}
            onClick={() => void write(() => confirm(handover))}
          >
            {said.confirm()}
          </button>
        )}
        <button
          type="button"
          disabled={isBusy.value}
          onClick={() => void write(() => withdraw(handover.shift))}
        >
          {isOwnOffer ? said.withdraw() : said.refuse()}
        </button>
      </p>
    </>
  );
}
