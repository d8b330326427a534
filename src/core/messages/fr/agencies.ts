import type { agencies as english } from '../en/agencies.ts';
import { count, DAYS, listAnd, listOr, nameOf, namesOf, ofCountry, outcomeWord, thisNoun } from './words.ts';

export const agencies: typeof english = {
  'agency-form': () =>
    'doit être Feature : envoyez { "type": "Feature", "geometry": null, "properties": { … } }, comme GET le renvoie',
  'agency-of-other-country': ({ agency, country, yours }) =>
    `${agency} est un organisme ${ofCountry(country)} ; votre clé vaut pour les organismes ${ofCountry(yours)}.`,
  'agency-for-other-country': ({ country, yours }) =>
    `Le corps décrit un organisme ${ofCountry(country)} ; votre clé vaut pour les organismes ${ofCountry(yours)}.`,
  'telephone-form': ({ digits }) =>
    `doit être un numéro de téléphone tel que +216 71 000 000 ou 198, avec au plus ${count(digits, { one: '# chiffre', other: '# chiffres' })}`,
  'slug-form': () => 'doit être formé de mots en minuscules reliés par des traits d’union',

  'segment-id-form': () => 'doit ressembler à DZA-TUN-07',
  'mandate-id-form': () => 'doit ressembler à m-001',
  'mandate-of-other-country': ({ agency, country, yours }) =>
    `${agency} est un organisme ${ofCountry(country)} ; votre clé vaut pour les mandats ${ofCountry(yours)}.`,
  'mandate-overlaps': ({ mandate }) =>
    `Le mandat ${mandate} donne au même organisme la même fonction sur le même périmètre pendant une partie de cette période. Modifiez ce mandat, ou choisissez une période qui ne le chevauche pas.`,
  'scope-of-other-country': ({ given, agency, country }) =>
    `${given} n’est pas le pays de ${agency}, qui est ${nameOf(country)}`,
  'scope-elsewhere': ({ id, countries, country }) =>
    `${id} concerne ${listAnd(countries.map(nameOf))}, pas ${nameOf(country)}`,
  'period-backwards': ({ from, to }) => `la fin (${to}) doit être postérieure au début (${from})`,
  'one-place-needed': ({ given }) =>
    `il faut exactement un des paramètres zone, segment et crossing, ${given.length === 0 ? 'et aucun n’a été donné' : `et la requête donne ${listAnd(given)}`}`,

  'side-of-other-country': ({ country, yours }) =>
    `Votre clé parle pour les côtés ${ofCountry(yours)}, pas pour ceux ${ofCountry(country)}.`,
  'side-missing': ({ crossing, yours }) =>
    `Votre clé parle pour les côtés ${ofCountry(yours)}, et ${crossing} n’a pas de côté ${ofCountry(yours)}.`,
  'entering-elsewhere': ({ crossing, countries }) =>
    `doit être un pays de ${crossing} : ${listOr(countries)}`,
  'state-or-hours': () => 'donnez soit l’état, soit les horaires',
  'period-unbounded': ({ days }) =>
    `doit être une période avec un début et une fin, de ${count(days, DAYS)} au plus, telle que 2026-11-01/2026-11-30`,
  'clock-form': () => 'doit être une heure telle que 07:00',
  'exception-too-long': ({ days }) => `une exception dure ${count(days, DAYS)} au plus`,
  'exceptions-overlap': ({ from }) => `commence le ${from}, qu’une autre exception couvre déjà`,
  'withdrawal-reason-missing': () => 'doit dire ce qui était faux',
  'statement-withdrawn': ({ at }) => `La déclaration a déjà été retirée, le ${at}.`,
  'figure-missing': () => 'exige au moins un chiffre : passengers, vehicles, trucks ou medianWaitingMinutes',
  'counted-by-others': ({ agency, yours }) => `${agency} n’est pas un organisme ${ofCountry(yours)}`,
  'day-form': () => 'doit être une date telle que 2026-11-01',
  'not-after-from': ({ from }) => `n’est pas postérieur à from (${from})`,

  'no-mandate-here': ({ agency }) =>
    `${agency} n’a pas de mandat au lieu de cet incident. Ajoutez un compte rendu à l’incident, ou enregistrez d’abord un mandat pour ce lieu.`,
  'offer-of-other-agency': ({ agency }) =>
    `Seul ${agency} modifie son offre. Un coordinateur de son pays peut en changer le marquage.`,
  'response-of-other-agency': ({ agency }) => `Seul ${agency} modifie l’état de son intervention.`,
  'recipient-unknown': ({ id }) => `${id} n’est ni un organisme ni un pays`,
  'recipient-yourself': () => 'est votre propre organisme',
  'recipient-blind': ({ noun, recipients, tlp, owner }) =>
    `${thisNoun(noun).replace(/^c/, 'C')} est ${tlp} et n’est pas visible pour ${namesOf(recipients)}. Un coordinateur ${ofCountry(owner)} peut en étendre la diffusion ; envoyez ensuite votre demande.`,
  'request-not-yours': ({ agency }) => `Seul ${agency}, auteur de cette demande, peut la retirer.`,
  'request-not-for-you': ({ to }) =>
    `Peuvent répondre à cette demande : ${namesOf(to)}. Son auteur peut la retirer.`,
  'answer-with-withdrawal': () => 'n’est admis qu’avec une réponse, pas avec un retrait',
  'request-text-missing': () => 'doit décrire la demande',
  'needs-missing': () => 'doit nommer les besoins',
  'due-past': ({ value }) => `${value} est déjà passé`,

  'assistance-not-yours': () =>
    'Seuls les services de secours de cette frontière et l’organisme de l’incident disent ce qui a été fait. Ajoutez plutôt un compte rendu à l’incident.',
  'outcome-needed': ({ outcomes }) => `manque : ${outcomes.map(outcomeWord).join(', ')}`,
  'outcome-too-early': () => 'n’est admis qu’avec l’état « assistance apportée »',
};
