import type { problemTypes as english } from '../en/problem.types.ts';

export const problemTypes: typeof english = {
  'invalid-request': {
    title: 'Requête non valable',
    meaning:
      'Le chemin, les paramètres ou le corps ne correspondent pas à l’opération ; `errors` énumère les fautes.',
  },
  'invalid-json': {
    title: 'JSON non valable',
    meaning: 'Le corps n’est pas du JSON ; `detail` dit où il s’interrompt.',
  },
  'key-needed': {
    title: 'Clé exigée',
    meaning: 'L’opération exige une clé valable, et la requête n’en a pas.',
  },
  'session-ended': {
    title: 'Session terminée',
    meaning:
      'La session du navigateur a pris fin : par son âge ou faute d’usage, par une déconnexion ailleurs, ou avec sa clé ou son jeton. Reconnectez-vous.',
  },
  'sign-in-failed': {
    title: 'Connexion refusée',
    meaning: 'Le fournisseur OpenID ou ce service n’a pas connecté le navigateur. Recommencez.',
  },
  'role-needed': {
    title: 'Rôle exigé',
    meaning: 'La clé est valable, mais n’a pas le rôle ou le droit nécessaire.',
  },
  'cross-site': {
    title: 'Requête d’un autre site',
    meaning:
      'La page d’un autre site a envoyé ceci avec une clé ou une session que garde le navigateur : les pages d’autres sites envoient elles-mêmes une clé, comme jeton Bearer.',
  },
  'purpose-needed': {
    title: 'Motif exigé',
    meaning:
      'Les données qui ne sont pas CLEAR ne se lisent que pour un motif déclaré : envoyez l’en-tête X-Purpose.',
  },
  'not-found': {
    title: 'Introuvable',
    meaning: 'Rien de ce que cet appelant peut voir ne se trouve à cette adresse.',
  },
  'method-not-allowed': {
    title: 'Méthode non admise',
    meaning: 'Le chemin existe, mais pas avec cette méthode ; l’en-tête `Allow` énumère les siennes.',
  },
  'body-too-slow': {
    title: 'Corps trop lent',
    meaning: 'Le corps n’est pas arrivé dans le délai autorisé.',
  },
  'body-too-large': {
    title: 'Corps trop grand',
    meaning: 'Le corps est plus long que l’opération ne l’accepte.',
  },
  'head-too-large': {
    title: 'Adresse ou en-têtes trop grands',
    meaning: 'L’adresse et les en-têtes sont plus longs que le service ne l’accepte.',
  },
  'unsupported-media-type': {
    title: 'Type de contenu non admis',
    meaning: 'L’opération n’accepte pas ce Content-Type, ce jeu de caractères ou cet encodage.',
  },
  'range-not-satisfiable': {
    title: 'Plage hors du fichier',
    meaning: 'Les octets demandés sont après la fin du fichier ; `Content-Range` donne sa longueur.',
  },
  'precondition-failed': {
    title: 'Précondition non remplie',
    meaning: 'Quelqu’un a modifié la ressource après la version nommée dans `If-Match` : relisez-la.',
  },
  'already-exists': {
    title: 'Existe déjà',
    meaning: 'Un élément avec cet identifiant ou cette identité existe déjà.',
  },
  'id-taken': {
    title: 'Identifiant pris',
    meaning:
      'L’identifiant appartient à un autre contenu, peut-être à un élément que vous ne pouvez pas voir.',
  },
  'state-not-allowed': {
    title: 'État non admis',
    meaning: 'Le nouvel état ne peut pas suivre l’état actuel ; `detail` dit lesquels le peuvent.',
  },
  'stale-revision': {
    title: 'Révision dépassée',
    meaning:
      'La décision nomme une révision qui n’est pas ouverte à une décision ; `detail` dit laquelle l’est.',
  },
  'mandate-overlaps': {
    title: 'Mandats qui se chevauchent',
    meaning:
      'L’organisme a déjà un mandat pour cette fonction et ce périmètre pendant une partie de la période ; `mandate` le nomme.',
  },
  'outcome-missing': {
    title: 'Issue manquante',
    meaning:
      'Un incident de détresse peut être clos quand quelqu’un a dit ce que sont devenues les personnes.',
  },
  'key-ended': {
    title: 'Clé terminée',
    meaning: 'La clé a expiré, a été révoquée ou a été remplacée. Créez-en une nouvelle.',
  },
  'too-many-subscriptions': {
    title: 'Trop d’abonnements',
    meaning:
      'L’organisme a atteint sa limite d’abonnements. Supprimez-en un, ou faites-en couvrir davantage par un seul.',
  },
  'cursor-expired': {
    title: 'Curseur expiré',
    meaning:
      'Le curseur est antérieur aux changements conservés : relisez les couches, puis suivez le flux à partir du `cursor` de ce problème.',
  },
  'cursor-lost': {
    title: 'Curseur perdu',
    meaning:
      'La base de données a été restaurée, ou a perdu ses derniers changements lors d’une bascule, depuis qu’elle a donné le curseur : relisez les couches, supprimez ce qui ne figure dans aucune, puis suivez le flux à partir du `cursor` de ce problème.',
  },
  unprocessable: {
    title: 'Données inacceptables',
    meaning: 'Les données sont bien formées, mais enfreignent une règle.',
  },
  'rule-broken': {
    title: 'Règle enfreinte',
    meaning: 'Les données enfreignent une règle ; `detail` la nomme.',
  },
  'reference-missing': {
    title: 'Référence manquante',
    meaning: 'Les données se réfèrent à un élément qui n’existe pas.',
  },
  'geometry-invalid': {
    title: 'Géométrie non valable',
    meaning: 'Les contours de la surface se croisent ou se touchent là où ils ne le doivent pas.',
  },
  'empty-area': {
    title: 'Surface vide',
    meaning: 'La règle ne donne aucune surface sur le territoire des participants.',
  },
  'nature-of-other-world': {
    title: 'Nature d’un autre monde',
    meaning:
      'Les exercices ne s’écrivent que dans des exercices, les événements réels et les essais que dans le monde réel.',
  },
  'world-ended': {
    title: 'Exercice terminé',
    meaning: 'Un exercice terminé ne peut plus qu’être lu.',
  },
  'label-out-of-reach': {
    title: 'Marquage hors de portée',
    meaning: 'Avec ce marquage, vous ne verriez pas ce que vous avez écrit.',
  },
  'addressee-out-of-reach': {
    title: 'Destinataire hors de portée',
    meaning: 'Seuls ceux qui voient un incident ou une zone peuvent recevoir une demande à son sujet.',
  },
  'webhook-refused': {
    title: 'Webhook refusé',
    meaning:
      'Aucune alerte ne peut être envoyée à cette adresse, ou son destinataire n’a pas passé le contrôle.',
  },
  'too-many-to-count': {
    title: 'Trop d’entités à compter',
    meaning:
      'Cette demande oblige à compter les entités une à une, et il y en a trop : demandez un zoom plus grand ou une période plus courte, ou filtrez.',
  },
  'filter-too-costly': {
    title: 'Filtre trop coûteux',
    meaning:
      'Sans clé, la taille d’un filtre et le temps qu’il prend à la base de données sont limités : restreignez-le avec `bbox` ou `datetime`, ou envoyez une clé.',
  },
  'sort-too-costly': {
    title: 'Tri trop coûteux',
    meaning:
      'De nombreuses entités ne se trient que selon des propriétés dont un index a l’ordre : triez selon l’une d’elles, ou demandez une surface plus petite.',
  },
  'too-many-for-index': {
    title: 'Trop d’entités pour un index',
    meaning: 'La sélection a plus d’entités qu’un fichier indexé ne peut en contenir.',
  },
  'not-resumable': {
    title: 'Reprise impossible',
    meaning:
      'La demande de la suite d’une réponse doit dire quelle version a son début, et la réponse doit avoir des plages. Téléchargez-la de nouveau, ou reprenez à l’adresse qui porte la version.',
  },
  'file-gone': {
    title: 'Fichier disparu',
    meaning:
      'Cette version d’un fichier n’existe plus, sa suite ne peut donc pas être obtenue. Téléchargez-le de nouveau.',
  },
  'too-many-requests': {
    title: 'Trop de requêtes',
    meaning: 'La clé ou l’adresse a épuisé sa limite ; l’en-tête `Retry-After` dit pour combien de temps.',
  },
  'too-many-streams': {
    title: 'Trop de flux',
    meaning: 'La clé ou l’adresse a atteint sa limite de flux ouverts : fermez-en un, ou partagez-en un.',
  },
  internal: {
    title: 'Erreur interne',
    meaning: 'Le service a échoué, pas la requête. L’échec a été journalisé.',
  },
  unavailable: {
    title: 'Indisponible',
    meaning: 'Le service ne peut pas répondre pour le moment ; réessayez plus tard.',
  },
  restored: {
    title: 'Restauré',
    meaning:
      'La base de données vient d’une sauvegarde, et son exploitant n’a pas encore rouvert le service.',
  },
  timeout: {
    title: 'Délai dépassé',
    meaning: 'La réponse a pris plus de temps qu’une requête ne le peut.',
  },
  'no-room': {
    title: 'Plus de place',
    meaning:
      'Le disque du service n’a pas de place pour le fichier, ou celui de la base de données pour la modification ; `detail` dit que faire.',
  },
};
