import type { Noun } from '../message.params.ts';
import type { Shown } from '../message.ts';

export const nouns: Record<Noun, string> = {
  agency: 'agency',
  alert: 'alert',
  assessment: 'assessment',
  asset: 'asset',
  border: 'border',
  correction: 'correction',
  country: 'country',
  crossing: 'crossing',
  download: 'download',
  handover: 'handover of the shift',
  impact: 'segment',
  incident: 'incident',
  indicator: 'indicator',
  key: 'key',
  'legal-hold': 'legal hold on the incident',
  mandate: 'mandate',
  notice: 'notice',
  offer: 'offer',
  'problem-type': 'problem type',
  procedure: 'procedure',
  proposal: 'joint proposal',
  reaction: 'reaction',
  report: 'report',
  request: 'request',
  response: 'response',
  revision: 'revision',
  'same-as': 'incident linked as the same event',
  segment: 'segment',
  shift: 'shift',
  statement: 'statement',
  subscription: 'subscription',
  webhook: 'webhook',
  zone: 'zone',
};

export const list = (names: readonly string[], none = 'none'): string => names.join(', ') || none;

/** `1 argument`, `2 arguments`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Large numbers with commas: `1,048,576`. */
export const grouped = (number: number): string => number.toLocaleString('en');

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A value of the caller. */
export function show(value: Shown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if ('characters' in value) return `${value.characters} characters`;
  if ('number' in value) return value.number;
  if ('entries' in value) return `a list of ${value.entries}`;
  return value.kind === 'object' ? 'an object' : 'nothing';
}
