import type { ComponentType } from 'preact';

/** A part of the console: what its tab says, and what it draws beside the map. */
export interface Part {
  /** As in the address; the list of incidents has the empty one. */
  id: string;
  title: () => string;
  /** Beside the title: how much waits. */
  count?: () => number;
  /** Whether the tab is there for whoever is signed in. Default: always. */
  isShown?: () => boolean;
  /** Whether its work is on the map, which then stands above it on a phone. */
  isOnMap?: boolean;
  Panel: ComponentType;
}

const parts: Part[] = [];

/** Adds a part, in the order of the calls in console/main.tsx. */
export const addPart = (part: Part): void => void parts.push(part);
export const allParts = (): readonly Part[] => parts;

/** Above everything, in the order of the calls: distress, alarms. */
const strips: ComponentType[] = [];
export const addStrip = (strip: ComponentType): void => void strips.push(strip);
export const allStrips = (): readonly ComponentType[] => strips;

/** Beside the map, whatever part is open. */
const asides: ComponentType[] = [];
export const addAside = (aside: ComponentType): void => void asides.push(aside);
export const allAsides = (): readonly ComponentType[] => asides;

/** Buttons of the header, such as those of alarms and of the shift. */
const tools: ComponentType[] = [];
export const addTool = (tool: ComponentType): void => void tools.push(tool);
export const allTools = (): readonly ComponentType[] => tools;
