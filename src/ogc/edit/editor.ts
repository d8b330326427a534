import type { Caller, Role } from '../../core/caller.ts';
import type { Precondition } from '../../core/precondition.ts';

/** The requested content of a feature, in the nested form of the noun. */
export interface FeatureInput {
  id: string | undefined;
  /** Longitude first, WGS 84; unchecked. */
  geometry: object | null | undefined;
  properties: Record<string, unknown>;
  /** Flat names of the properties that a change sets to null. */
  cleared: ReadonlySet<string>;
}

export interface WrittenFeature {
  id: string;
  version: string;
  isNew?: boolean;
}

/**
 * Writes the features of a layer by the rules and stores of the noun. Each method throws the problems of the noun's own
 * operations, and checks the precondition against the version of the locked row.
 */
export interface Editor {
  roles: readonly Role[];
  /** Nested paths of flat properties whose names differ: `names.en`. */
  paths: Readonly<Record<string, string>>;
  /** Flat names of the properties that a new feature needs, for the API document. */
  needs: readonly string[];
  /** For the API document: a whole feature, and the properties of a change. */
  examples: { feature: { geometry: object; properties: object }; change: object };
  create(caller: Caller, wanted: FeatureInput): Promise<WrittenFeature>;
  replace(
    caller: Caller,
    id: string,
    wanted: FeatureInput,
    precondition: Precondition,
  ): Promise<WrittenFeature>;
  update(
    caller: Caller,
    id: string,
    wanted: FeatureInput,
    precondition: Precondition,
  ): Promise<WrittenFeature>;
  remove(caller: Caller, id: string, precondition: Precondition): Promise<void>;
}

/** Editors by layer id. */
export type Editors = Readonly<Record<string, Editor>>;
