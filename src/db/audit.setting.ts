import type { Caller } from '../core/caller.ts';

/**
 * The value of `tripoint.trace` for the audit triggers. Empty for reads, so that a connection that serves the same
 * caller again needs no new setting.
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
