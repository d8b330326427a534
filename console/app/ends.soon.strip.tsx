import { useSignal } from '@preact/signals';
import { endsAt } from '../api/session.ts';
import { shell } from '../words/shell.words.ts';
import { now } from '../words/time.ts';
import { SignIn } from './sign.in.tsx';

const SOON_MINUTES = 5;

/** In time: signing in again replaces the session, and leaves what is being written as it is. */
export function EndsSoonStrip() {
  const isSigningIn = useSignal(false);
  const close = () => {
    isSigningIn.value = false;
  };
  const minutes = endsAt.value === undefined ? Infinity : Math.ceil((endsAt.value - now.value) / 60_000);
  const isSoon = minutes > 0 && minutes <= SOON_MINUTES;
  return (
    <>
      {isSoon && (
        <p class="ends-soon" role="status">
          <span>{shell.endsSoon({ n: minutes })}</span>{' '}
          <button
            type="button"
            onClick={() => {
              isSigningIn.value = true;
            }}
          >
            {shell.signIn()}
          </button>
        </p>
      )}
      {isSigningIn.value && <SignIn close={close} />}
    </>
  );
}
