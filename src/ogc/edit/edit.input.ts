import type { Request } from 'express';
import { inBody, invalidInput, notFound } from '../../core/problem.ts';
import type { Collection } from '../collection/collection.sql.ts';
import { contentCrsOf } from './edit.crs.ts';
import type { FlatChange } from './edit.schema.ts';
import type { EditStore } from './edit.store.ts';
import type { Editor, FeatureInput } from './editor.ts';
import { readFeatureInput } from './flat.properties.ts';

export interface EditedLayer {
  collection: Collection;
  editor: Editor;
  edits: EditStore;
}

/** The content that a body requests, with its geometry in longitude and latitude. */
export async function readEdit(
  { collection, editor, edits }: EditedLayer,
  request: Request,
  body: FlatChange,
  featureId?: string,
): Promise<FeatureInput> {
  const crs = contentCrsOf(request);
  if (featureId !== undefined && body.id !== undefined && body.id !== featureId)
    throw invalidInput([inBody('id', 'id-of-other-path', { id: body.id })]);
  const wanted = readFeatureInput(collection, editor, body);
  const { geometry } = wanted;
  return geometry ? { ...wanted, geometry: await edits.toLongitudeLatitude(geometry, crs) } : wanted;
}

/** A malformed id matches no feature. */
export function permitId({ key, noun }: Collection, id: string): void {
  if (!key.schema.safeParse(id).success) throw notFound(noun, id);
}
