import type { pages as english } from '../en/pages.ts';

export const pages: typeof english = {
  skip: 'Aller au contenu',
  whereYouAre: 'Vous êtes ici',
  signIn: 'Se connecter',
  exercise: 'Exercice',

  problems: 'Problèmes',
  whatProblemsMean: 'Ce que signifient les problèmes',
  allOfThem: 'Tous les problèmes',
  status: 'Statut',
  whatThisMeans: 'Ce que cela signifie',
  requestNumber: 'Requête',
  howToGetIn: 'Comment accéder',
  waysIn:
    'Vous vous connectez avec une clé, ou avec votre organisation. L’administrateur de votre pays donne les clés aux organismes de votre pays ; une clé agit pour un organisme. Les programmes l’envoient dans cet en-tête :',

  signedIn: 'Connecté',
  signedInAs: 'Connecté :',
  signOut: 'Se déconnecter',
  sessionEnded: 'Votre session a pris fin. Reconnectez-vous.',
  youActFor: 'Vous agissez pour',
  signedInUntil: 'Vous êtes connecté au plus tard jusqu’à',
  goOn: 'Continuer',
  key: 'Clé',
  withOrganisation: 'Se connecter avec votre organisation',
  orWithKey: 'Ou avec une clé :',
  keyIsNotKept:
    'Le navigateur ne garde pas la clé. Vous restez connecté jusqu’à ce que vous vous déconnectiez, fermiez le navigateur, ou que la session prenne fin. L’administrateur de votre pays donne les clés aux organismes de votre pays ; une clé agit pour un organisme.',
};
