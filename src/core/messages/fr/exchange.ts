import type { exchange as english } from '../en/exchange.ts';
import { count, SECONDS } from './words.ts';

export const exchange: typeof english = {
  'feed-cursor-foreign': () =>
    'n’est pas un curseur de ce flux. Demandez les changements sans `after` pour en obtenir un, puis lisez les couches',
  'feed-cursor-expired': () =>
    'Le curseur est antérieur aux changements conservés. Relisez les couches, puis continuez à partir du curseur indiqué ici.',
  'feed-cursor-lost': () =>
    'La base de données a été restaurée, ou a perdu ses derniers changements, depuis qu’elle a donné ce curseur. Relisez les couches, supprimez ce qui ne figure dans aucune, puis continuez à partir du curseur indiqué ici.',
  'standby-behind': () =>
    'Ce serveur de secours n’a pas encore rejoué les changements antérieurs au curseur. Réessayez dans un instant.',
  'event-id-invalid': () => 'Last-Event-ID n’est pas un curseur.',
  'too-many-streams': ({ most, seconds }) =>
    `Cette clé ou cette adresse a ${count(most, { one: '# flux ouvert', other: '# flux ouverts' })}, le maximum autorisé. Fermez-en un, ou réessayez dans ${count(seconds, SECONDS)}.`,
  'streams-full': () =>
    'Le service n’a plus de place pour un autre flux. Réessayez plus tard, ou demandez plutôt les changements.',

  'triggers-missing': () => 'indiquez quand vous voulez être alerté, par exemple ["created"]',
  'one-place-only': ({ other }) => `ne se combine pas avec ${other} : créez un abonnement pour chacun`,
  'distance-missing': ({ place }) => `doit dire à quelle distance de ${place}`,
  'distance-without-place': () => 'exige un tronçon ou un point de passage',
  'threshold-missing': () => 'doit dire combien d’incidents en combien de minutes',
  'trigger-of-segment': ({ trigger }) =>
    `le déclencheur ${trigger} vaut pour un tronçon, ou pour tout ce que vous voyez`,
  'threshold-without-trigger': () => 'exige le déclencheur threshold',
  'too-many-subscriptions': ({ most }) =>
    `Votre organisme a ${count(most, { one: '# abonnement', other: '# abonnements' })}, le maximum autorisé. Supprimez-en un.`,
  'too-many-filters': ({ most }) =>
    `Votre organisme a ${count(most, { one: '# abonnement avec un filtre', other: '# abonnements avec un filtre' })}, le maximum autorisé. Supprimez-en un.`,

  'webhook-not-https': () => 'doit être en https',
  'webhook-with-password': () => 'ne doit contenir ni nom d’utilisateur ni mot de passe',
  'webhook-forbidden': () => 'mène à une adresse qui n’est pas autorisée',
  'alerts-or-up-to': () => 'exige soit alerts, soit upTo',
  'webhook-port': () => 'doit être en https, sur le port 443 ou 8443',
  'too-many-webhooks': ({ most }) =>
    `Un organisme peut avoir ${count(most, { one: '# webhook', other: '# webhooks' })} au plus. Supprimez-en un.`,
  'receiver-failed': ({ fault }, say) => `Le destinataire ${say(fault)}.`,
  'receiver-answered': ({ status }) => `a répondu par ${status}`,
  'receiver-not-challenged': () => 'n’a pas renvoyé la valeur de contrôle',
  'receiver-slow': () => 'n’a pas répondu à temps',
  'receiver-unknown': () => 'porte un nom introuvable',
  'receiver-certificate': () => 'a un certificat qui n’est pas valable',
  'receiver-refused': () => 'a refusé la connexion',
  'receiver-broke-off': () => 'a coupé la connexion',
  'delivery-stopped': () => 'n’a pas été joint avant l’arrêt du service',
};
