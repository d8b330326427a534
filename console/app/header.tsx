import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { LANGUAGES, type Language } from '../../src/core/vocabulary.ts';
import { link } from '../api/live.ts';
import { me, signOut } from '../api/session.ts';
import { chooseLanguage, LANGUAGE_NAMES, language } from '../words/language.ts';
import { shell } from '../words/shell.words.ts';
import { agoOf, clockOf, now } from '../words/time.ts';
import { value } from '../words/values.ts';
import { listOf, nameIn } from '../words/words.ts';
import { view } from './address.ts';
import { allTools } from './parts.ts';
import { assetUrl } from './place.ts';
import { SignIn } from './sign.in.tsx';
import { WorldBanner } from './world.banner.tsx';

const isSigningIn = signal(false);

/** On a phone the header is one line, and the rest opens below it. */
const isOpen = signal(false);

export function Header() {
  return (
    <header>
      <WorldBanner />
      <div class={`top ${isOpen.value ? 'open' : ''}`}>
        <h1>
          <img src={assetUrl('icon.svg')} alt="" width="24" height="24" />
          <bdi>Tripoint</bdi>
        </h1>
        <Officer />
        <Clocks />
        <Link />
        <MenuButton />
        {allTools().map((Tool, index) => (
          <Tool key={index} />
        ))}
        <LanguageChoice />
        {me.value ? (
          <button type="button" onClick={() => void signOut()}>
            {shell.signOut()}
          </button>
        ) : (
          <button type="button" class="main sign-in" onClick={() => (isSigningIn.value = true)}>
            {shell.signIn()}
          </button>
        )}
      </div>
      {isSigningIn.value && <SignIn close={() => (isSigningIn.value = false)} />}
    </header>
  );
}

const MENU = 'menu';

function closeByEscape({ key }: KeyboardEvent): void {
  if (key !== 'Escape' || !isOpen.peek() || document.querySelector('dialog[open]')) return;
  isOpen.value = false;
  document.getElementById(MENU)!.focus();
}

/** Only narrow windows show it. */
function MenuButton() {
  const { part } = view.value;
  useEffect(() => {
    addEventListener('keydown', closeByEscape);
    return () => removeEventListener('keydown', closeByEscape);
  }, []);
  useEffect(() => {
    // what was chosen is below; the button of the choice goes with the menu
    if (isOpen.peek()) document.getElementById('panel')?.focus({ preventScroll: true });
    isOpen.value = false;
  }, [part]);
  return (
    <button
      type="button"
      id={MENU}
      class="menu"
      aria-expanded={isOpen.value}
      onClick={() => (isOpen.value = !isOpen.value)}
    >
      {shell.menu()}
    </button>
  );
}

function Officer() {
  if (!me.value) return <p class="who">{shell.stranger()}</p>;
  const { names, country, roles } = me.value;
  return (
    <p class="who">
      <b>{nameIn(names)}</b>, <span>{value('country', country)}</span>
      <span class="quiet"> {listOf(roles.map((role) => value('role', role)))}</span>
    </p>
  );
}

function Clocks() {
  return (
    <p class="clocks">
      <span title={shell.local()}>
        <span class="quiet">{shell.local()}</span> <bdi dir="ltr">{clockOf(now.value)}</bdi>
      </span>
      <span title={shell.utc()}>
        <span class="quiet">{shell.utc()}</span> <bdi dir="ltr">{clockOf(now.value, 'UTC')}</bdi>
      </span>
    </p>
  );
}

/** Loud when lost: what is on the screen grows old. */
function Link() {
  const { state, heardAt } = link.value;
  const ago = agoOf(heardAt);
  const text = { connecting: shell.connecting(), live: shell.live({ ago }), lost: shell.lostSince({ ago }) }[
    state
  ];
  return (
    <p class={`link ${state}`}>
      {/* said once, and not with each second */}
      <b role="alert">{state === 'lost' && shell.lost()}</b> {text}
    </p>
  );
}

function LanguageChoice() {
  return (
    <label class="language">
      <span class="unseen">{shell.language()}</span>
      <select
        value={language.value}
        onChange={({ currentTarget }) => chooseLanguage(currentTarget.value as Language)}
      >
        {LANGUAGES.map((one) => (
          <option key={one} value={one} lang={one}>
            {LANGUAGE_NAMES[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
