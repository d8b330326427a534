import type { Request } from 'express';
import { preconditionOf, tagOf } from '../../core/precondition.ts';
import { operation } from '../../http/operation.ts';
import { noContent, type Reply } from '../../http/reply.ts';
import type { Collection } from '../collection/collection.sql.ts';
import { propertyOf } from '../collection/field.schema.ts';
import { exampleId, featureParams } from '../collection/item.schema.ts';
import { urlOf } from '../collection/links.ts';
import { type EditedLayer, permitId, readEdit } from './edit.input.ts';
import { FlatChange, flatFeatureOf } from './edit.schema.ts';
import type { EditStore } from './edit.store.ts';
import type { Editors, WrittenFeature } from './editor.ts';
import { inFlatWords } from './flat.problem.ts';

const PATCHES = ['application/merge-patch+json', 'application/json', 'application/geo+json'];
const ETAG = { ETag: 'The version, for If-Match.' };
const CREATED = { description: 'Created.', headers: { Location: 'URL of the new feature.', ...ETAG } };
const CONTENT_CRS = {
  'Content-Crs': 'CRS of the geometry in the body. Default: CRS84.',
};
const CHANGED = { description: 'Changed.', headers: ETAG };

/** OGC API – Features Part 4 over the layers that have an editor. */
export const editOperations = (collections: readonly Collection[], editors: Editors, edits: EditStore) =>
  collections.flatMap((collection) => {
    const editor = editors[collection.id];
    if (!editor) return [];
    const layer = { collection, editor, edits };
    return [createItem(layer), replaceItem(layer), updateItem(layer), removeItem(layer)];
  });

/** The shared parts of the operations of one layer. */
function common({ collection, editor: { roles } }: EditedLayer) {
  const { id, noun } = collection;
  const path = `/collections/${id}/items`;
  const name = `${capitalised(noun)}Item`;
  const examples = { params: { featureId: exampleId(collection) } };
  const lane = noun === 'incident' ? { lane: 'urgent' as const } : {};
  const ofLayer = { tag: 'Layers', roles, ...lane };
  return { name, path, itemPath: `${path}/{featureId}`, ofLayer, examples };
}

const POLYGONS = ['Polygon', 'MultiPolygon'];

function bodyOf({ collection, editor }: EditedLayer) {
  const { noun, geometry, fields } = collection;
  const needed = fields.filter(({ name }) => editor.needs.includes(name));
  const needs = Object.fromEntries(
    needed.map((field) => [field.name, { description: field.title, ...propertyOf(collection, field) }]),
  );
  const geometryTypes = geometry?.type === 'MultiPolygon' ? POLYGONS : [geometry!.type];
  return flatFeatureOf({ name: capitalised(noun), geometryTypes, needs });
}

const capitalised = (noun: string): string => `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`;

function createItem(layer: EditedLayer) {
  const { name, path, ofLayer } = common(layer);
  const { collection, editor } = layer;
  return operation({
    ...ofLayer,
    id: `create${name}`,
    method: 'post',
    path,
    summary: `Add a feature to the layer ${collection.id}.`,
    headers: CONTENT_CRS,
    body: bodyOf(layer),
    examples: { body: { type: 'Feature', ...editor.examples.feature } },
    responses: { 201: CREATED },
    problems: [400, 409, 422],
    async handle({ body, caller, request }) {
      const wanted = await readEdit(layer, request, body);
      return createdReply(request, path, await inFlatWords(editor, () => editor.create(caller, wanted)));
    },
  });
}

function replaceItem(layer: EditedLayer) {
  const { name, path, itemPath, ofLayer, examples } = common(layer);
  const { collection, editor } = layer;
  return operation({
    ...ofLayer,
    id: `replace${name}`,
    method: 'put',
    path: itemPath,
    summary: `Replace a feature of the layer ${collection.id}.`,
    params: featureParams,
    headers: CONTENT_CRS,
    body: bodyOf(layer),
    examples: { ...examples, body: { type: 'Feature', ...editor.examples.feature } },
    responses: { ...(collection.takesIds && { 201: CREATED }), 204: CHANGED },
    problems: [400, 404, 409, 412, 422],
    async handle({ params: { featureId }, body, caller, request }) {
      permitId(collection, featureId);
      const wanted = await readEdit(layer, request, body, featureId);
      const precondition = preconditionOf(request);
      const put = await inFlatWords(editor, () => editor.replace(caller, featureId, wanted, precondition));
      return put.isNew ? createdReply(request, path, put) : changedReply(put);
    },
  });
}

function updateItem(layer: EditedLayer) {
  const { name, itemPath, ofLayer, examples } = common(layer);
  const { collection, editor } = layer;
  return operation({
    ...ofLayer,
    id: `update${name}`,
    method: 'patch',
    path: itemPath,
    summary: `Change a feature of the layer ${collection.id}.`,
    params: featureParams,
    headers: CONTENT_CRS,
    body: FlatChange,
    bodyMediaTypes: PATCHES,
    examples: { ...examples, body: { properties: editor.examples.change } },
    responses: { 204: CHANGED },
    problems: [400, 404, 409, 412, 422],
    async handle({ params: { featureId }, body, caller, request }) {
      permitId(collection, featureId);
      const wanted = await readEdit(layer, request, body, featureId);
      const precondition = preconditionOf(request);
      return changedReply(
        await inFlatWords(editor, () => editor.update(caller, featureId, wanted, precondition)),
      );
    },
  });
}

function removeItem(layer: EditedLayer) {
  const { name, itemPath, ofLayer, examples } = common(layer);
  const { collection, editor } = layer;
  return operation({
    ...ofLayer,
    id: `remove${name}`,
    method: 'delete',
    path: itemPath,
    summary: `Remove a feature from the layer ${collection.id}.`,
    params: featureParams,
    examples,
    responses: { 204: { description: 'Removed, withdrawn or cancelled.' } },
    problems: [404, 409, 412],
    async handle({ params: { featureId }, caller, request }) {
      permitId(collection, featureId);
      await editor.remove(caller, featureId, preconditionOf(request));
      return noContent();
    },
  });
}

const createdReply = (request: Request, path: string, { id, version }: WrittenFeature): Reply => ({
  status: 201,
  headers: { Location: urlOf(request, `${path}/${encodeURIComponent(id)}`), ETag: tagOf(version) },
});

const changedReply = ({ version }: WrittenFeature): Reply => ({
  status: 204,
  headers: { ETag: tagOf(version) },
});
