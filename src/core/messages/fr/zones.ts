import type { zones as english } from '../en/zones.ts';
import { nameOf, namesOf, ofCountries, ofCountry, roleWords } from './words.ts';

const DECIDED = {
  approve: 'être approuvée',
  reject: 'être rejetée',
  withdraw: 'perdre un consentement par retrait',
};
const STANDS = {
  draft: 'est un projet, elle ne peut pas',
  waiting: 'attend des consentements et ne peut pas',
  coming: 'a été approuvée par tous les participants et ne peut pas',
  inForce: 'est en vigueur et ne peut pas',
  expired: 'a expiré et ne peut pas',
  suspended: 'est suspendue et ne peut pas',
};
const WAY_OUT = {
  draft: 'Ses opérateurs la proposent d’abord.',
  waiting: 'Approuvez-la ou rejetez-la.',
  coming: 'Retirez plutôt votre consentement.',
  inForce: 'Retirez plutôt votre consentement.',
  expired: 'Ses opérateurs peuvent proposer une révision avec une autre validTo.',
  suspended: 'Ses opérateurs peuvent la proposer de nouveau.',
};

export const zones: typeof english = {
  'zone-role-missing': ({ yours }) =>
    `Les rôles de votre clé (${roleWords(yours)}) ne suffisent pas pour cela.`,
  'zone-not-yours': ({ owner }) => `Seuls les opérateurs ${ofCountry(owner)} modifient cette zone.`,
  'decision-not-yours': ({ participants, revision }) =>
    `Seuls les coordinateurs ${ofCountries(participants)}, participants à la révision ${revision}, en décident.`,
  'rejection-without-reason': () => 'un rejet doit être motivé',
  'consent-not-given': ({ country, revision }) =>
    `Consentement ${ofCountry(country)} : la révision ${revision} n’a pas été approuvée, il n’y a donc rien à retirer. Rejetez-la plutôt.`,
  'zone-withdrawn': ({ id }) => `La zone ${id} a été retirée. Créez-en une nouvelle.`,
  'already-proposed': ({ revision, awaiting }) =>
    `La révision ${revision} est déjà proposée ; en attente de : ${namesOf(awaiting)}.`,
  'already-agreed': ({ id }) =>
    `La zone ${id} a été convenue. Modifiez-la avec PATCH : cela propose la révision suivante.`,
  'decision-not-allowed': ({ revision, stage, decision }) =>
    `La révision ${revision} ${STANDS[stage]} ${DECIDED[decision]}. ${WAY_OUT[stage]}`,
  'stale-revision': ({ id, revision, newest }) =>
    `La révision ${revision} de la zone ${id} n’est pas ouverte à une décision. ${
      newest === undefined
        ? 'Une plus récente l’a remplacée'
        : `La plus récente que vous voyez est la ${newest}`
    } : lisez-la avec ?revision=latest.`,
  'never-in-force': ({ id, at }) =>
    `Aucune révision convenue de la zone ${id} n’était en vigueur le ${at}. La liste de ses révisions dit quand chacune l’était.`,

  'red-hides-zone': () => 'RED cacherait la zone aux autres participants',
  'country-must-participate': ({ country }) => `votre propre pays (${nameOf(country)}) doit participer`,
  'participants-repeat': () => 'doit nommer chaque pays une seule fois',
  'purpose-empty': () => 'doit dire quelque chose',
  'ends-before-start': ({ validFrom }) => `doit être postérieure à validFrom (${validFrom ?? 'maintenant'})`,
  'geometry-or-rule': () => 'exige soit une géométrie, soit une règle dans derivedFrom, et pas les deux',
  'at-or-revision': () => 'donnez at ou revision, pas les deux',
  'side-not-of-line': ({ side, line }) => `${nameOf(side)} n’est pas un côté de ${line}`,
  'side-not-participant': ({ side }) => `${nameOf(side)} ne participe pas`,
  'stretch-backwards': ({ fromKm, toKm }) => `${toKm} doit être supérieur à fromKm ${fromKm}`,
  'empty-area': () =>
    'La règle ne donne aucune surface : la frontière, le tronçon ou le point de passage n’existe pas, la portion se trouve au-delà de sa fin, ou rien n’en est sur le territoire des participants.',
};
