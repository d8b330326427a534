import { sessionPath } from '../../http/api.path.ts';
import { frame, type PageAddress } from '../../http/html.frame.ts';
import { type Html, html } from '../../http/html.ts';
import type { Me } from './me.schema.ts';

/** The page after signing in: the browser now sends the key with each request to the API. */
export const mePage = (
  { agency, country, roles, credential, expiresAt, limits }: Me,
  { self, base, exercise, language }: PageAddress,
): Html =>
  frame({
    title: 'Signed in',
    self,
    base,
    exercise,
    language,
    agency,
    main: html`<h1>Signed in</h1>
<p class="lead">You act for <code>${agency}</code> of ${country}, with ${roles.length > 1 ? 'the roles' : 'the role'} ${roles.join(', ')}.</p>
<p>${expiresAt === null ? 'Your key has no expiry.' : `You are signed in until ${expiresAt}.`} ${
      limits.requestsPerMinute !== null && `You may send ${limits.requestsPerMinute} requests a minute.`
    }</p>
<p><a class="button" href="${base}/collections">Browse the layers</a></p>
<p class="quiet">${
      credential === 'session'
        ? html`<a href="${sessionPath(base)}">Sign out</a> when you leave.`
        : 'Your browser keeps the key until you close all its windows, and then forgets it. Close them on a shared computer.'
    }</p>`,
  });
