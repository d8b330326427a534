import { pagesIn } from '../core/catalogue.ts';
import { frame, type PageAddress } from '../http/html.frame.ts';
import { type Html, html } from '../http/html.ts';
import type { Session } from './session.schema.ts';

type SignInWords = ReturnType<typeof pagesIn>;

/** Signs in and out without a script. `back`: where the browser goes afterwards. */
export const sessionPage =
  (back: string) =>
  (session: Session, { base, exercise, language }: PageAddress): Html => {
    const words = pagesIn(language);
    return frame({
      title: session.signedIn ? words.signedIn : words.signIn,
      base,
      exercise,
      language,
      agency: session.agency ?? undefined,
      main: session.signedIn ? signedIn(words, session, back) : signedOut(words, session, back),
    });
  };

const signedIn = (
  words: SignInWords,
  { agency, country, roles, endsAt }: Session,
  back: string,
): Html => html`<h1>${words.signedIn}</h1>
<p class="lead">${words.youActFor} <code dir="ltr">${agency} (${country}: ${roles.join(', ')})</code></p>
<p>${words.signedInUntil} <bdi dir="ltr">${endsAt}</bdi></p>
<form method="post" action="session/end"><input type="hidden" name="return" value="${back}"><p><button>${words.signOut}</button></p></form>
<p><a href="${back}">${words.goOn}</a></p>`;

const signedOut = (
  words: SignInWords,
  { hasEnded, openId }: Session,
  back: string,
): Html => html`<h1>${words.signIn}</h1>
${hasEnded && html`<p class="lead" role="status">${words.sessionEnded}</p>`}
${
  openId !== null &&
  html`<p><a class="button" href="${openId}?return=${encodeURIComponent(back)}">${words.withOrganisation}</a></p>
<p>${words.orWithKey}</p>`
}
<form method="post" action="session"><input type="hidden" name="return" value="${back}">
<p><label for="key">${words.key}</label> <input id="key" name="key" type="password" autocomplete="off" required maxlength="8000" dir="ltr"></p>
<p><button>${words.signIn}</button></p></form>
<p class="quiet">${words.keyIsNotKept}</p>`;
