import type { Caller } from '../../core/caller.ts';
import { message } from '../../core/catalogue.ts';
import type { Message } from '../../core/messages/message.ts';
import { forbidden, inBody, invalidInput, notFound, refused } from '../../core/problem.ts';
import type { IndicatorLine } from './indicator.schema.ts';
import type { NumberedLine, WrittenSet } from './indicator.store.ts';

type RefusedLine = WrittenSet['refused'][number];

export function sideOfCaller({ country: yours }: Caller, country: string | undefined): void {
  if (country && country !== yours) throw forbidden('side-of-other-country', { country, yours });
}

/** Why the database took no such line. */
export function faultOf(
  { country: yours }: Caller,
  { line, part, countries }: RefusedLine,
  lines: readonly NumberedLine[],
): Message {
  const { crossing, countedBy } = lines.find((one) => one.line === line)!;
  if (part === 'crossing') return message('not-found', { noun: 'crossing', id: crossing });
  if (part === 'country') return message('side-missing', { crossing, yours });
  if (part === 'entering') return message('entering-elsewhere', { crossing, countries: countries! });
  return message('counted-by-others', { agency: countedBy!, yours });
}

/** The same for one indicator alone. */
export function permitIndicator(
  caller: Caller,
  given: IndicatorLine,
  { refused: [refusal] }: WrittenSet,
): void {
  if (!refusal) return;
  const { code, params } = faultOf(caller, refusal, [{ ...given, line: refusal.line }]);
  if (refusal.part === 'crossing') throw notFound('crossing', given.crossing);
  if (refusal.part === 'country') throw refused({ code, params });
  const { part, countries } = refusal;
  throw invalidInput(
    [
      part === 'entering'
        ? inBody(part, 'entering-elsewhere', { crossing: given.crossing, countries: countries! })
        : inBody(part, 'counted-by-others', { agency: given.countedBy!, yours: caller.country }),
    ],
    422,
  );
}

export function permitRemoval(caller: Caller, id: string, found: { country: string } | undefined): void {
  if (!found) throw notFound('indicator', id);
  sideOfCaller(caller, found.country);
}
