import type { shifts as english } from '../en/shifts.ts';

const WANTED = {
  note: 'n’accepte pas de note',
  offer: 'ne peut pas être remis',
  withdraw: 'n’a pas de relève proposée à retirer',
  confirm: 'n’a pas de relève proposée à confirmer',
};
const STANDS = {
  open: 'est en cours',
  offered: 'est proposé à la relève',
  closed: 'est terminé',
};
const WAY_OUT = {
  open: 'Proposez sa relève avec POST …/handover.',
  offered:
    'Retirez la proposition avec DELETE …/handover, ou confirmez-la avec POST …/handover/confirmation.',
  closed: 'Ouvrez le quart suivant avec POST /shifts.',
};

export const shifts: typeof english = {
  'shift-not-closed': ({ id, name }) =>
    `Votre organisme a déjà le quart ${id} à ${name}. Passez-en d’abord la relève.`,
  'shift-crossing-missing': ({ id }) => `Le point de passage ${id} n’existe pas`,
  'shift-of-other-agency': ({ agency }) => `Seul ${agency} tient ses quarts.`,
  'shift-state': ({ event, state }) => `Le quart ${STANDS[state]} et ${WANTED[event]}. ${WAY_OUT[state]}`,
  'handover-needs-another-key': () =>
    'La clé qui a proposé la relève ne peut pas la confirmer. Confirmez-la avec la clé du quart suivant.',
  'handover-replaced': ({ offer, newest }) =>
    `La proposition ${offer} a été retirée, et la dernière est la ${newest}. Relisez la relève.`,
};
