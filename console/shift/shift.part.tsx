import './shift.css';
import { me } from '../api/session.ts';
import { addPart, addStrip, addTool } from '../app/parts.ts';
import { ShiftPanel } from './shift.panel.tsx';
import { ShiftSheet } from './shift.sheet.tsx';
import { PART } from './shift.store.ts';
import { ShiftTool } from './shift.tool.tsx';
import { said } from './shift.words.ts';

/** The log of a shift, its handover and its print. */
export function addShift(): void {
  addPart({ id: PART, title: () => said.title(), isShown: () => me.value !== null, Panel: ShiftPanel });
  addTool(ShiftTool);
  addStrip(ShiftSheet);
}
