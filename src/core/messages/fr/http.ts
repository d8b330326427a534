import type { http as english } from '../en/http.ts';
import { BYTES, capital, count, list, nouns, SECONDS } from './words.ts';

export const http: typeof english = {
  'not-found': ({ noun, id }) => `${capital(nouns[noun])} introuvable : ${id}.`,
  'path-unknown': ({ method, path }) => `Rien n’est servi à ${method} ${path}.`,
  'method-not-allowed': ({ method, path, allowed }) =>
    `${method} n’est pas possible à ${path} ; sont possibles : ${list(allowed)}.`,
  'not-http': () => 'Ce n’est pas une requête HTTP/1.1.',
  'head-too-large': ({ bytes }) =>
    `L’adresse et les en-têtes peuvent avoir ensemble ${count(bytes, BYTES)} au plus. Raccourcissez l’adresse.`,
  'head-too-slow': () => 'La requête n’est pas arrivée dans le délai autorisé.',
  'path-encoding': ({ reason }) => `L’encodage du chemin (%) n’est pas valable. ${reason}.`,
  'host-invalid': ({ address }) => `${address} n’est pas une adresse valable. Vérifiez l’en-tête Host.`,
  'request-refused': ({ reason }) => `La requête a été refusée : ${reason}`,

  'body-missing': () => 'La requête n’a pas de corps, mais cette opération en exige un.',
  'body-too-large': ({ bytes }) => `Le corps dépasse ${count(bytes, BYTES)}, la limite de cette opération.`,
  'body-too-slow': ({ seconds }) => `Le corps n’est pas arrivé en ${count(seconds, SECONDS)}.`,
  'body-broken': ({ reason }) => `Le corps compressé est endommagé : ${reason}.`,
  'body-encoding': ({ reason }) => `${reason}. Envoyez de l’UTF-8, non compressé, ou en gzip, deflate ou br.`,
  'body-not-json': ({ reason }) => `Le corps n’est pas du JSON valable : ${reason}.`,
  'body-breaks-off': ({ line, column, reason }) =>
    `Le corps n’est pas du JSON valable à la ligne ${line}, colonne ${column} : ${reason}.`,
  'content-type-missing': ({ accepted }) =>
    `L’en-tête Content-Type manque ; cette opération accepte ${list(accepted)}.`,
  'content-type-wrong': ({ given, accepted }) =>
    `L’en-tête Content-Type est ${given} ; cette opération accepte ${list(accepted)}.`,

  'version-stale': ({ ifMatch, version }) =>
    `If-Match est ${ifMatch}, mais la dernière version est "${version}". Relisez l’élément (une zone avec ?revision=latest), refaites votre modification et envoyez le nouvel ETag.`,
  'version-of-nothing': ({ ifMatch }) =>
    `If-Match est ${ifMatch}, mais il n’y a encore rien ici. Retirez If-Match pour créer l’élément.`,
  'already-there': () =>
    'If-None-Match est *, mais il y a déjà un élément ici. Retirez cet en-tête pour modifier ce qui existe.',
  'range-too-far': ({ range, bytes }) =>
    `Le fichier a ${count(bytes, BYTES)}, et ${range} se trouve après sa fin.`,
  'no-ranges-here': () =>
    'Cette réponse est refaite à chaque requête, elle ne peut donc pas être reprise. Téléchargez-la de nouveau depuis le début. Les couches entières en f=fgb, f=gpkg et f=parquet peuvent être reprises.',
  'file-version-unknown': () =>
    'On ne sait pas ici quelle version du fichier vous avez. Reprenez à l’adresse vers laquelle le téléchargement a été redirigé, ou envoyez son ETag dans If-Range, ou téléchargez-le de nouveau depuis le début.',
  'cursor-foreign': () =>
    'Le curseur appartient à une autre liste ou est mal formé. Suivez le lien `next` d’une page, ou retirez le curseur.',

  'requests-too-many': ({ seconds }) =>
    `Vous avez envoyé durant la dernière minute plus de requêtes que la limite ne le permet. Réessayez dans ${count(seconds, SECONDS)}.`,
  'answer-too-slow': ({ seconds }) =>
    `La réponse a pris plus de ${count(seconds, SECONDS)}. Demandez moins, ou réessayez plus tard.`,
  'service-failed': () => 'Le service a échoué. Si cela se reproduit, signalez le requestId.',
  restored: () => 'restauré',
  'not-ready': () => 'Le service n’est pas prêt.',
  'not-ready-because': ({ reasons }) => `Le service n’est pas prêt : ${list(reasons)}.`,
};
