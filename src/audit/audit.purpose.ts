import type { IncomingHttpHeaders } from 'node:http';
import { invalidInput } from '../http/input.errors.ts';
import { freeText } from '../screening/personal-data.ts';

const LONGEST_PURPOSE = 200;
const Purpose = freeText(LONGEST_PURPOSE);
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The caller's purpose, screened like all free text. */
export function readPurpose({ 'x-purpose': header }: IncomingHttpHeaders): string | undefined {
  if (header === undefined || header === '') return undefined;
  const said = decode(String(header));
  const parsed = Purpose.safeParse(said);
  const fault = parsed.success
    ? CONTROL.test(said) && 'holds characters that cannot be shown'
    : parsed.error.issues[0]!.message;
  if (fault) throw invalidInput([{ in: 'header', path: 'X-Purpose', message: fault }]);
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
