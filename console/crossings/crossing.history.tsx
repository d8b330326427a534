import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { z } from 'zod';
import type { StatusHistory, StatusStatement } from '../../src/features/crossings/status.schema.ts';
import { ask, read } from '../api/request.ts';
import { may, me } from '../api/session.ts';
import { Failure } from '../app/failure.tsx';
import { refusalText, useWrite } from '../app/write.ts';
import { partyOf } from '../words/names.ts';
import { shell } from '../words/shell.words.ts';
import { momentOf } from '../words/time.ts';
import { value } from '../words/values.ts';
import { type CrossingRow, hoursText, statementText } from './crossing.sentences.ts';
import { refreshSoon } from './crossing.store.ts';
import { said } from './crossing.words.ts';

type Entry = z.output<typeof StatusStatement>;

const MOST = 20;

/** What both sides stated, newest first; a mistake of the own side is withdrawn here. */
export function History({ crossing }: { crossing: CrossingRow }) {
  const entries = useSignal<Entry[] | undefined>(undefined);
  const failure = useSignal('');
  useEffect(() => {
    let isOver = false;
    read<z.output<typeof StatusHistory>>(`/crossings/${crossing.id}/status`, { limit: MOST })
      .then(({ statements }) => {
        if (!isOver) entries.value = statements;
      })
      .catch((error) => {
        failure.value = refusalText(error);
      });
    return () => {
      isOver = true;
    };
  }, [crossing]);
  return (
    <>
      <Failure text={failure.value} />
      {entries.value?.length === 0 && <p>{said.noHistory()}</p>}
      <ol class="history" aria-label={said.history()}>
        {entries.value?.map((entry) => (
          <HistoryEntry key={entry.id} entry={entry} />
        ))}
      </ol>
    </>
  );
}

function HistoryEntry({ entry }: { entry: Entry }) {
  const { country, agency, hours, reason, from, withdrawn } = entry;
  const isWithdrawing = useSignal(false);
  const isMine = country === me.value?.country && may('withdrawCrossingStatus') && !withdrawn;
  return (
    <li class={withdrawn ? 'withdrawn' : undefined}>
      <time class="quiet" dateTime={from}>
        {momentOf(from)}
      </time>{' '}
      {value('countrySide', country)}
      {said.colon()}
      <span class="said">
        {hours
          ? `${said.hours()} ${hoursText(hours).join(' · ')}`
          : statementText({ ...entry, from: undefined }, country)}
      </span>
      {reason && (
        <>
          {' '}
          · <bdi>{reason}</bdi>
        </>
      )}
      {agency && (
        <span class="quiet">
          {' '}
          · <bdi>{partyOf(agency)}</bdi>
        </span>
      )}
      {withdrawn && <p>{said.withdrawn({ at: momentOf(withdrawn.at), reason: withdrawn.reason })}</p>}
      {isMine && !isWithdrawing.value && (
        <p class="acts">
          <button type="button" onClick={() => (isWithdrawing.value = true)}>
            {said.withdraw()}
          </button>
        </p>
      )}
      {isMine && isWithdrawing.value && (
        <Withdrawal entry={entry} close={() => (isWithdrawing.value = false)} />
      )}
    </li>
  );
}

function Withdrawal({ entry: { id, crossing }, close }: { entry: Entry; close: () => void }) {
  const { isBusy, failure, write } = useWrite();
  const reason = useSignal('');
  const send = () =>
    write(async () => {
      await ask(`/crossings/${crossing}/status/${id}/withdrawal`, {
        method: 'POST',
        body: { reason: reason.value },
      });
      close();
      refreshSoon();
    });
  return (
    <form
      class="act"
      aria-label={said.withdraw()}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label>
        {said.withdrawReason()}
        <textarea
          rows={2}
          maxLength={300}
          dir="auto"
          value={reason.value}
          onInput={({ currentTarget }) => (reason.value = currentTarget.value)}
        />
      </label>
      <Failure text={failure.value} />
      <p class="acts">
        <button type="submit" class="main" disabled={isBusy.value}>
          {said.confirm()}
        </button>
        <button type="button" onClick={close}>
          {shell.cancel()}
        </button>
      </p>
    </form>
  );
}
