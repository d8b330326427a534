import type { access as english } from '../en/access.ts';
import { listOr, nameOf, ofCountry, roleWords } from './words.ts';

const roleNames = (roles: readonly string[]): string =>
  `${roles.length > 1 ? 'l’un des rôles' : 'le rôle'} ${roleWords(roles)}`;

const FOUND = {
  name: 'le nom ou la date de naissance d’une personne',
  address: 'une adresse postale',
  account: 'le compte ou le profil d’une personne',
  bank: 'le numéro d’un compte bancaire ou d’une carte',
  phone: 'un numéro de téléphone',
  email: 'une adresse électronique',
  document: 'le numéro d’un document ou d’une personne',
  plate: 'une plaque d’immatriculation',
  imei: 'le numéro d’un appareil',
};

export const access: typeof english = {
  'key-missing': ({ roles }) =>
    `Cette opération exige une clé avec ${roleNames(roles)}. Envoyez-la dans Authorization: Bearer <key> ou X-API-Key.`,
  'role-missing': ({ roles, yours }) =>
    `Cette opération exige une clé avec ${roleNames(roles)} ; rôles de la vôtre : ${roleWords(yours)}.`,
  'cross-site': () =>
    'Le navigateur a joint sa clé ou sa session à la requête d’un autre site. Envoyez une clé dans Authorization: Bearer <key>.',
  'origin-missing': () =>
    'Une session n’écrit que depuis les pages de ce service : la requête n’a ni Sec-Fetch-Site ni Origin. Les programmes envoient une clé.',
  'sign-in-cross-site': () =>
    'Un autre site a envoyé ceci. Connectez-vous et déconnectez-vous sur les pages de ce service, à leur propre adresse.',
  'session-ended': () => 'Votre session a pris fin. Reconnectez-vous.',
  'session-differs': () =>
    'La clé de l’en-tête et la session du navigateur agissent pour des appelants différents. Envoyez l’une des deux, ou déconnectez-vous.',
  'return-foreign': () => 'doit être une adresse de ce service',
  'sign-in-lost': () =>
    'Ce navigateur n’a pas commencé ici à se connecter, ou l’a fait il y a plus de dix minutes. Recommencez.',
  'sign-in-refused': () =>
    'Le fournisseur OpenID ne vous a pas connecté pour ce service, ou n’indique aucun organisme ni rôle que le service connaisse.',
  'key-form': () =>
    'Envoyez la clé dans Authorization: Bearer <key>, dans X-API-Key, ou comme mot de passe HTTP Basic.',
  'keys-differ': () => 'La requête contient deux clés différentes. N’en envoyez qu’une.',
  'key-invalid': () => 'Cette clé ou ce jeton n’est pas valable : il est inconnu, a expiré ou a été révoqué.',
  'tokens-not-checked': () =>
    'Les jetons ne peuvent pas être vérifiés pour le moment, car leur émetteur ne répond pas.',
  'key-ended': ({ id }) => `La clé ${id} a pris fin ou a déjà été remplacée. Créez-en une nouvelle.`,
  'agency-of-country-missing': ({ agency, country }) =>
    `aucun organisme ${ofCountry(country)} ne porte l’identifiant ${agency}`,
  'expiry-past': ({ value }) => `${value} n’est pas dans l’avenir`,

  'purpose-needed': ({ collection }) =>
    `Les données demandées (${collection}) ne sont pas CLEAR. Indiquez votre motif dans l’en-tête X-Purpose.`,
  'purpose-unprintable': () => 'contient des caractères qui ne peuvent pas être affichés',
  'personal-data': ({ kind }) =>
    `semble contenir ${FOUND[kind]} ; un texte libre ne doit rien dire d’une personne`,

  'as-without-key': () =>
    'as exige une clé avec le rôle de coordinateur. Retirez ce paramètre, ou envoyez une clé.',
  'as-without-role': ({ country }) =>
    `Seul un coordinateur ${ofCountry(country)} peut voir ce que voit un autre pays. Retirez as.`,
  'as-own-country': ({ country, others }) =>
    `${country} est votre propre pays. Indiquez ${listOr(others)}, ou retirez ce paramètre pour voir ce que vous voyez`,
  'preview-not-yours': ({ owner }) =>
    `Seul un coordinateur ${ofCountry(owner)}, pays propriétaire, peut demander qui verrait cet élément.`,
  'label-wider': ({ owner }) =>
    `Seul un coordinateur ${ofCountry(owner)} peut étendre la diffusion de cet élément.`,
  'label-narrower': ({ owner, agency }) =>
    `Seuls ${agency ? nameOf(agency) : 'l’organisme auteur'} ou un coordinateur ${ofCountry(owner)} peuvent restreindre la diffusion de cet élément.`,
  'owner-fixed': () => 'Le propriétaire de cet élément ne change pas.',
  'label-guarded': () => 'Vous ne pouvez pas modifier ce marquage.',
  'label-out-of-reach': () =>
    'Avec ce marquage, vous ne verriez pas ce que vous avez écrit. Choisissez-en un plus large.',
  'label-amber-only': ({ tlp }) =>
    `n’est admis qu’avec tlp AMBER, pas ${tlp === null ? 'sans tlp' : `avec ${tlp}`}`,
  'release-twice': () => 'désigne une ligne qui figure déjà plus haut dans la liste',
  'release-id': () => 'doit être un UUID pour les incidents et les comptes rendus',
  'release-hides-zone': () =>
    'RED cacherait la zone aux autres participants. Retirez la zone, ou choisissez AMBER+STRICT',
};
