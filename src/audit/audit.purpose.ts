import type { IncomingHttpHeaders } from 'node:http';
import { message } from '../core/catalogue.ts';
import { invalidInput } from '../core/problem.ts';
import { messageOf, WORDS } from '../http/input.errors.ts';
import { freeText } from '../screening/personal-data.ts';

// Twin: purpose in migrations/0010_audit.sql, compared by test/database/twins.test.ts.
export const LONGEST_PURPOSE = 200;
const Purpose = freeText(LONGEST_PURPOSE);
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The caller's purpose, screened like all free text. */
export function readPurpose({ 'x-purpose': header }: IncomingHttpHeaders): string | undefined {
  if (header === undefined || header === '') return undefined;
  const said = decode(String(header));
  const parsed = Purpose.safeParse(said, WORDS);
  const fault = parsed.success
    ? CONTROL.test(said) && message('purpose-unprintable')
    : messageOf(parsed.error.issues[0]!);
  if (fault) throw invalidInput([{ in: 'header', path: 'X-Purpose', ...fault }]);
  return parsed.data || undefined;
}

// Node decodes headers as Latin-1. Arabic arrives as UTF-8 bytes, or percent-encoded from a browser.
function decode(header: string): string {
  try {
    const text = utf8.decode(Buffer.from(header, 'latin1'));
    return /%[0-9a-f]{2}/i.test(text) ? decodeURIComponent(text) : text;
  } catch {
    return header;
  }
}
