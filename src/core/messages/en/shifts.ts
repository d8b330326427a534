type SpokenShiftState = 'open' | 'offered' | 'closed';
type SpokenShiftEvent = 'note' | 'offer' | 'withdraw' | 'confirm';

const WANTED: Record<SpokenShiftEvent, string> = {
  note: 'takes no note',
  offer: 'cannot be offered',
  withdraw: 'has no offer to take back',
  confirm: 'has no offer to confirm',
};

const WAY_OUT: Record<SpokenShiftState, string> = {
  open: 'Offer its handover with POST …/handover.',
  offered: 'Take back its offer with DELETE …/handover, or confirm it with POST …/handover/confirmation.',
  closed: 'Open the next shift with POST /shifts.',
};

/** Shifts, their notes and handovers. */
export const shifts = {
  'shift-not-closed': ({ id, name }: { id: string; name: string }) =>
    `Your agency has the shift ${id} at ${name}. Hand it over first.`,
  'shift-crossing-missing': ({ id }: { id: string }) => `There is no crossing ${id}`,
  'shift-of-other-agency': ({ agency }: { agency: string }) => `Only ${agency} writes its shifts.`,
  'shift-state': ({ event, state }: { event: SpokenShiftEvent; state: SpokenShiftState }) =>
    `The shift is ${state} and ${WANTED[event]}. ${WAY_OUT[state]}`,
  'handover-needs-another-key': () =>
    'The key that offered the handover cannot confirm it. Confirm it with the key of the next shift.',
  'handover-replaced': ({ offer, newest }: { offer: number; newest: number }) =>
    `Offer ${offer} was taken back, and the newest is ${newest}. Read the handover again.`,
};
