import type { incidents as english } from '../en/incidents.ts';
import { list, ofCountries, ofCountry, stateWord } from './words.ts';

export const incidents: typeof english = {
  'id-taken': ({ id }) =>
    `L’identifiant ${id} est pris par un autre contenu. Utilisez un nouvel UUIDv7, ou ajoutez un compte rendu à votre incident.`,
  'id-not-uuid-7': () => 'doit être un UUID de version 7 (RFC 9562)',
  'counts-order': () => 'doivent être dans l’ordre : low ≤ best ≤ high',
  'time-ahead': ({ value }) => `${value} est dans l’avenir`,
  'before-occurred-at': ({ from }) => `est antérieur à occurredAt (${from})`,
  'external-id-form': () =>
    'ne peut contenir que des lettres, des chiffres et . : / # _ -, 120 caractères au plus',
  'report-empty': () =>
    'doit dire quelque chose : text, severity, certainty, counts, state, geometry ou horizontalAccuracyMetres',
  'incident-of-others': ({ owner }) =>
    `Seuls les organismes ${ofCountry(owner)} modifient cet incident. Envoyez un compte rendu avec un texte seul.`,
  'pair-of-others': ({ owners }) =>
    `Seuls les organismes ${ofCountries(owners)}, propriétaires des deux incidents, décident s’il s’agit du même événement.`,
  'intervals-too-many': ({ count, most }) =>
    `donnerait ${count} intervalles ; le service en renvoie ${most} au plus : demandez des intervalles plus longs ou une période plus courte`,
  'period-too-full': ({ most }) =>
    `Plus de ${most} incidents ont commencé dans cette période. Demandez une période plus courte, ou filtrez.`,
  'fold-without-key': () =>
    'fold exige une clé : sans clé, aucun rattachement n’est visible. Retirez ce paramètre, ou envoyez une clé.',
  'state-not-allowed': ({ from, to, allowed }) =>
    `« ${stateWord(to)} » ne peut pas suivre « ${stateWord(from)} ». États possibles : ${list(allowed.map(stateWord))}.`,
  'outcome-missing': ({ notice }) =>
    `Personne n’a dit ce que sont devenues les personnes en détresse. Ajoutez d’abord à ${notice ? `l’avis de détresse ${notice}` : 'son avis de détresse'} une assistance apportée avec son issue, ou annulez l’incident s’il n’a jamais eu lieu.`,
  'nature-of-other-world': ({ nature, world }) =>
    world === 'actual'
      ? `"nature" est ${nature}, et ceci est le monde réel, qui admet actual et test. Retirez "nature", ou écrivez dans l’exercice, à son adresse.`
      : `"nature" est ${nature}, et ceci est l’exercice ${world}, qui n’admet que exercise. Retirez "nature", ou écrivez dans le monde réel.`,
  'world-ended': ({ world, at }) =>
    `L’exercice ${world} a pris fin le ${at} et ne peut plus qu’être lu. Écrivez dans le monde réel, à son adresse, ou dans un nouvel exercice.`,
  'new-is-open': () => 'un nouvel incident est ouvert ; modifiez-le ensuite',
  'label-by-release': () => 'le marquage change par une décision de diffusion, pas par une modification',
  'said-once': () =>
    'ne change pas ; annulez l’incident et signalez-en un autre, ou ajoutez un compte rendu avec un texte',
  'hold-not-yours': ({ owner }) =>
    `Seul un coordinateur ou un administrateur ${ofCountry(owner)}, pays propriétaire de l’incident, décide de son obligation de conservation.`,
  'hold-reason-missing': () => 'doit dire pourquoi il est conservé',
};
