import './report.css';
import type { Part } from '../app/parts.ts';
import { beginSending, onArrival } from './report.draft.ts';
import { confirmedAt, ReportPanel } from './report.panel.tsx';
import { beginLocating } from './report.place.ts';
import { listenToKeys, mayReport } from './report.tool.tsx';
import { said } from './report.words.ts';

export const reportPart: Part = {
  id: 'report',
  title: said.title,
  isShown: mayReport,
  isOnMap: true,
  Panel: ReportPanel,
};

export function beginReports(): void {
  beginSending();
  onArrival(() => {
    confirmedAt.value = Date.now();
  });
  beginLocating();
  listenToKeys();
}
