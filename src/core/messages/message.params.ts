import type { Shown } from './message.ts';

/** What the paths of the API name. */
export type Noun =
  | 'agency'
  | 'alert'
  | 'assessment'
  | 'asset'
  | 'border'
  | 'correction'
  | 'country'
  | 'crossing'
  | 'download'
  | 'handover'
  | 'impact'
  | 'incident'
  | 'indicator'
  | 'key'
  | 'legal-hold'
  | 'mandate'
  | 'notice'
  | 'offer'
  | 'problem-type'
  | 'procedure'
  | 'proposal'
  | 'reaction'
  | 'report'
  | 'request'
  | 'response'
  | 'revision'
  | 'same-as'
  | 'segment'
  | 'shift'
  | 'statement'
  | 'subscription'
  | 'webhook'
  | 'zone';

/** A ring of an area: 0 is the exterior one. Parts are counted from 1. */
export type Ring = { hole: number; part?: number };

/** A part of a CQL2 expression. */
export type Said =
  | { is: 'text' | 'array'; value: Shown }
  | { is: 'number'; value: number }
  | { is: 'truth'; value: boolean }
  | { is: 'date' | 'time'; value: string }
  | { is: 'property'; name: Shown; type: string }
  | { is: 'geometry'; type: string }
  | { is: 'result' | 'folded'; of: string }
  | { is: 'box' | 'condition' | 'interval' | 'now' | 'open end' };

/** What takes an argument in CQL2: an operator, a function by its name, an array. */
export type Taker = { operator: string } | { function: string } | { array: true };
