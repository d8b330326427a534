import { z } from 'zod';
import { preconditionOf } from '../../core/precondition.ts';
import { notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { selfUrl } from '../../http/paging.ts';
import { created, JsonText } from '../../http/reply.ts';
import { REPORTING_ROLES } from './incident.roles.ts';
import { IncidentId } from './incident.schema.ts';
import { permitReport } from './report.permission.ts';
import { NewReport, Report, ReportId, ReportList } from './report.schema.ts';
import type { ReportStore } from './report.store.ts';

export const reportOperations = (reports: ReportStore) => [
  operation({
    id: 'listReports',
    method: 'get',
    path: '/incidents/{incidentId}/reports',
    tag: 'Incidents',
    summary: 'List the reports of an incident, oldest first.',
    description: 'Only reports that the caller may see: some have their own label.',
    params: z.strictObject({ incidentId: IncidentId }),
    responses: { 200: { description: 'The reports.', schema: ReportList } },
    problems: [400, 404],
    async handle({ params: { incidentId }, caller, request }) {
      const list = await reports.list(caller, incidentId);
      if (list === undefined) throw notFound('incident', incidentId);
      const links = JSON.stringify([{ href: selfUrl(request).href, rel: 'self', type: 'application/json' }]);
      return { body: new JsonText(`{"reports":${list},"links":${links}}`) };
    },
  }),

  operation({
    id: 'getReport',
    method: 'get',
    path: '/incidents/{incidentId}/reports/{reportId}',
    tag: 'Incidents',
    summary: 'Read one report.',
    description: 'A report never changes.',
    params: z.strictObject({ incidentId: IncidentId, reportId: ReportId }),
    responses: { 200: { description: 'The report.', schema: Report } },
    problems: [400, 404],
    async handle({ params: { incidentId, reportId }, caller }) {
      const report = await reports.find(caller, incidentId, reportId);
      if (report === undefined) throw notFound('report', reportId);
      return { body: new JsonText(report) };
    },
  }),

  operation({
    id: 'addReport',
    method: 'post',
    lane: 'urgent',
    path: '/incidents/{incidentId}/reports',
    tag: 'Incidents',
    summary: 'Add a report to an incident.',
    description:
      'Every agency that sees an incident may add text; agencies of its owner country may also change severity, certainty, counts, state and place. `tlp` gives the report its own label, which `POST /v1/release` can change later.',
    roles: REPORTING_ROLES,
    params: z.strictObject({ incidentId: IncidentId }),
    body: NewReport,
    responses: { 201: { description: 'The report; the incident is changed accordingly.', schema: Report } },
    problems: [400, 401, 403, 404, 409, 412, 422],
    async handle({ params: { incidentId }, body, caller, request }) {
      const { report } = await reports.add(caller, incidentId, (current) => {
        permitReport(caller, incidentId, body, current);
        preconditionOf(request)(current!.version);
        return body;
      });
      return created(`/incidents/${incidentId}/reports/${report!.id}`, new JsonText(report!.text));
    },
  }),
];
