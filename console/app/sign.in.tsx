import { openIdHref, signIn } from '../api/session.ts';
import { shell } from '../words/shell.words.ts';
import { Dialog } from './dialog.tsx';
import { Failure } from './failure.tsx';
import { useWrite } from './write.ts';

export function SignIn({ close }: { close: () => void }) {
  const { isBusy, failure, write } = useWrite();
  return (
    <Dialog title={shell.signIn()} close={close}>
      {openIdHref.value && (
        <p>
          <a href={`${openIdHref.value}?return=${encodeURIComponent(location.pathname + location.search)}`}>
            {shell.withOrganisation()}
          </a>
        </p>
      )}
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          const key = String(new FormData(event.currentTarget).get('key'));
          const done = await write(async () => {
            await signIn(key);
            return true;
          });
          if (done) close();
        }}
      >
        <label>
          {shell.key()}
          <input type="password" name="key" autocomplete="off" required spellcheck={false} dir="ltr" />
        </label>
        <p class="quiet">{shell.keyNote()}</p>
        <Failure text={failure.value} />
        <p class="acts">
          <button type="submit" class="main" disabled={isBusy.value}>
            {shell.signIn()}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
