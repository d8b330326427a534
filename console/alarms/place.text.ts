import { value } from '../words/values.ts';
import { nameIn } from '../words/words.ts';
import type { Located } from './distress.store.ts';
import { placed } from './place.words.ts';

const NEAR_METRES = 500;

/** `Tunisia`, `km 412 of DZA-TUN`, `14 km from Ras Ajdir`. */
export function placeWords({ country, nearestBorder, nearestCrossings }: Located): string[] {
  const [crossing] = nearestCrossings;
  return [
    ...(country ? [value('country', country)] : []),
    placed.km({ km: Math.round(nearestBorder.borderKm), border: nearestBorder.border }),
    ...(crossing ? [crossingWords(crossing)] : []),
  ];
}

function crossingWords({ names, distanceMetres }: Located['nearestCrossings'][number]): string {
  const crossing = nameIn(names);
  if (distanceMetres < NEAR_METRES) return placed.atCrossing({ crossing });
  return placed.fromCrossing({ km: Math.round(distanceMetres / 1000), crossing });
}
