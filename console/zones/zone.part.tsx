import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Part } from '../app/parts.ts';
import { shell } from '../words/shell.words.ts';
import { words } from '../words/words.ts';
import './zones.css';

const said = words('zonesTab', { title: { en: 'Zones', fr: 'Zones', ar: 'المناطق' } });

const panel = signal<ComponentType | undefined>(undefined);

/** The part itself comes when it is first opened: drawing is large, and most of a shift draws nothing. */
function ZonePart() {
  useEffect(() => {
    void import('./zone.panel.tsx').then(({ ZonePanel }) => {
      panel.value = ZonePanel;
    });
  }, []);
  const Panel = panel.value;
  return Panel ? <Panel /> : <p class="quiet">{shell.loading()}</p>;
}

export const zonePart: Part = { id: 'zones', title: () => said.title(), isOnMap: true, Panel: ZonePart };
