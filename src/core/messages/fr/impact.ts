import type { impact as english } from '../en/impact.ts';
import { namesOf, ofCountry } from './words.ts';

const DECIDED = {
  proposed: 'attend un coordinateur',
  declined: 'a été déclinée',
  assessed: 'a été prononcée',
  waiting: 'attend les deux côtés, qui décident de sa proposition conjointe',
  ended: 'a pris fin',
  expired: 'a expiré',
};
const SETTLED = { open: 'est à faire', done: 'est faite', cancelled: 'est annulée' };

export const impact: typeof english = {
  'rationale-missing': () => 'doit être motivé',
  'days-of-critical': () =>
    'seul un niveau critique vaut pour un nombre de jours ; un autre vaut jusqu’au suivant',
  'impact-of-other-side': ({ segment, countries }) =>
    `Chaque côté de ${segment} évalue le sien : ${namesOf(countries)}.`,
  'critical-hidden': ({ others }) =>
    `Les deux côtés conviennent d’un niveau critique, son marquage doit donc le laisser voir à ${namesOf(others)} : GREEN, ou AMBER avec releasableTo.`,
  'assessment-decided': ({ id, state }) =>
    `L’évaluation ${id} ${DECIDED[state]}. Évaluez de nouveau le tronçon.`,
  'reaction-of-other-side': ({ country }) =>
    `Les organismes ${ofCountry(country)} exécutent cette réaction et en rendent compte.`,
  'reaction-settled': ({ id, state }) => `La réaction ${id} ${SETTLED[state]}.`,
};
