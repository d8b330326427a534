import type { Caller } from '../../core/caller.ts';
import { conflict, forbidden, notFound } from '../../core/problem.ts';

export const SHIFT_STATES = ['open', 'offered', 'closed'] as const;
export type ShiftState = (typeof SHIFT_STATES)[number];

/** `withdraw`: the offer is taken back or refused. */
export type ShiftEvent = 'note' | 'offer' | 'withdraw' | 'confirm';

/** The state in which each event may happen. */
const STATE_FOR: Record<ShiftEvent, ShiftState> = {
  note: 'open',
  offer: 'open',
  withdraw: 'offered',
  confirm: 'offered',
};

/** The current shift. */
export interface StoredShift {
  agency: string;
  state: ShiftState;
  offers: number;
  offeredBy: string | null;
}

/** The key of the caller, or the hash of its token's subject: who signs. */
export const signerOf = ({ keyId, subject }: Caller): string => (keyId ?? subject)!;

/** Only the agency writes its shift. `shift` is undefined if the caller does not see it. */
export function permitShiftEvent(
  caller: Caller,
  id: string,
  event: ShiftEvent,
  shift: StoredShift | undefined,
): asserts shift is StoredShift {
  if (!shift) throw notFound('shift', id);
  if (shift.agency !== caller.agency) throw forbidden('shift-of-other-agency', { agency: shift.agency });
  const { state } = shift;
  if (state !== STATE_FOR[event]) throw conflict('state-not-allowed', 'shift-state', { event, state });
}

/** Two keys sign a handover, the second one for the offer that it has read. */
export function permitConfirmation(
  caller: Caller,
  id: string,
  offer: number,
  shift: StoredShift | undefined,
): void {
  permitShiftEvent(caller, id, 'confirm', shift);
  if (shift.offeredBy === signerOf(caller)) throw forbidden('handover-needs-another-key');
  const { offers } = shift;
  if (offer !== offers) throw conflict('stale-revision', 'handover-replaced', { offer, newest: offers });
}
