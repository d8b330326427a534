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
    'Le navigateur demande un nom et un mot de passe : n’importe quel nom, et votre clé comme mot de passe. L’administrateur de votre pays donne les clés aux organismes de votre pays ; une clé agit pour un organisme. Les programmes l’envoient dans cet en-tête :',
};
