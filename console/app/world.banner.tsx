import { signal } from '@preact/signals';
import { onReset } from '../api/live.ts';
import { read } from '../api/request.ts';
import { nameIn, words } from '../words/words.ts';

interface World {
  id: string;
  kind: 'actual' | 'exercise';
  names: Record<'en' | 'fr' | 'ar', string> | null;
}

const said = words('world', {
  notReal: {
    en: 'Exercise {name}: nothing here is real.',
    fr: 'Exercice {name} : rien ici n’est réel.',
    ar: 'تمرين {name}: لا شيء هنا حقيقي.',
  },
});

/** Which world the screen shows. */
export const world = signal<World | undefined>(undefined);
onReset(async () => {
  world.value = await read<World>('/world').catch(() => world.value);
});

/** Hatched, so that nobody takes an exercise for real. */
export function WorldBanner() {
  if (world.value?.kind !== 'exercise') return null;
  return <p class="world">{said.notReal({ name: nameIn(world.value.names, world.value.id) })}</p>;
}
