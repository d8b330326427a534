import type { Link } from '../geometry/feature.schema.ts';
import { operation } from '../http/operation.ts';
import { selfUrl } from '../http/paging.ts';
import { JsonText } from '../http/reply.ts';
import { AuditList, AuditQuery } from './audit.schema.ts';
import type { AuditPage, AuditStore } from './audit.store.ts';

const JSON_TYPE = 'application/json';

export const auditOperations = (audit: AuditStore) => [
  operation({
    id: 'listAuditEntries',
    method: 'get',
    path: '/audit',
    tag: 'Audit',
    summary: 'Read the audit log.',
    description:
      "What agencies of your country did, and what others did with your country's data, oldest first. Entries appear when they are sealed, within about a second; none ever appears before one that you have seen.",
    roles: ['auditor'],
    query: AuditQuery,
    examples: { query: { limit: 10 } },
    responses: { 200: { description: 'Entries that concern your country.', schema: AuditList } },
    problems: [400, 401, 403],
    async handle({ query, caller, request }) {
      return { body: listText(selfUrl(request), await audit.list(caller, query)) };
    },
  }),
];

function listText(self: URL, { entries, last }: AuditPage): JsonText {
  const links: Link[] = [{ href: self.href, rel: 'self', type: JSON_TYPE, title: 'This page' }];
  if (last) {
    const next = new URL(self);
    next.searchParams.set('after', last);
    links.push({ href: next.href, rel: 'next', type: JSON_TYPE, title: 'The next page' });
  }
  return new JsonText(`{"entries":[${entries}],"links":${JSON.stringify(links)}}`);
}
