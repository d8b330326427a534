import type { Caller, Role } from '../../core/caller.ts';
import type { Precondition } from '../../core/precondition.ts';

/** What a caller wants a feature to be, in the nested form of the noun. */
export interface FeatureInput {
  id: string | undefined;
  /** Longitude first, WGS 84; not checked yet. */
  geometry: object | null | undefined;
  properties: Record<string, unknown>;
  /** Flat names of properties that a change sets to null. */
  cleared: ReadonlySet<string>;
}

export interface WrittenFeature {
  id: string;
  version: string;
  isNew?: boolean;
}

/**
 * How the features of a layer are written: by the rules and stores of the noun. Each method throws the problems of the
 * noun's own operations, and asks the precondition with the version of what it has locked.
 */
export interface Editor {
  roles: readonly Role[];
  /** Where a flat property stands in the nested form, if not under its own name: `names.en`. */
  paths: Readonly<Record<string, string>>;
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

/** By the id of the layer. */
export type Editors = Readonly<Record<string, Editor>>;
