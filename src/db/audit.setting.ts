import type { Caller } from '../core/caller.ts';

/**
 * What the triggers that audit writes read from the setting `tripoint.trace`. Empty for reads, which write nothing, so
 * that connections which serve one caller again need not be told.
 */
export function traceSetting({ trace, country, keyId, subject, roles }: Caller): string {
  if (!trace || trace.method === 'get') return '';
  const { operation, method, requestId, purpose } = trace;
  const filterHash = trace.filterHash();
  return JSON.stringify({
    country,
    key: keyId,
    subject,
    roles: roles.join(','),
    operation,
    method,
    requestId,
    purpose,
    filterHash,
  });
}
