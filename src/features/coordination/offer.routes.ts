import { z } from 'zod';
import type { Role } from '../../core/caller.ts';
import { preconditionOf } from '../../core/precondition.ts';
import { createdReply, readFeature, versionedReply } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply } from '../../http/paging.ts';
import { mergeOffer } from './offer.permission.ts';
import { NewOffer, Offer, OfferChange, OfferCollection, OfferId, OfferQuery } from './offer.schema.ts';
import type { OfferStore } from './offer.store.ts';

const KEEPERS: readonly Role[] = ['operator', 'coordinator'];
const GEOJSON = 'application/geo+json';
const tag = 'Coordination';
const params = z.strictObject({ offerId: OfferId });
const one = { description: 'The offer.', mediaType: GEOJSON, schema: Offer };

export const offerOperations = (offers: OfferStore) => [
  operation({
    id: 'listOffers',
    method: 'get',
    path: '/offers',
    tag,
    summary: 'List what agencies can lend to others, available first.',
    description:
      'The registers of all agencies, as far as you see them: kind, number, place and period of things, never people. Ask for one with a request.',
    query: OfferQuery,
    examples: { query: { kind: 'drones', limit: 10 } },
    responses: {
      200: { description: 'Offers that the caller may see.', mediaType: GEOJSON, schema: OfferCollection },
    },
    problems: [400],
    handle: async ({ query, caller, request }) => collectionReply(request, await offers.list(caller, query)),
  }),

  operation({
    id: 'getOffer',
    method: 'get',
    path: '/offers/{offerId}',
    tag,
    summary: 'Read one offer.',
    description: 'Also one that has ended.',
    params,
    responses: { 200: one },
    problems: [400, 404],
    handle: async ({ params: { offerId }, caller }) =>
      readFeature('offer', offerId, await offers.find(caller, offerId)),
  }),

  operation({
    id: 'createOffer',
    method: 'post',
    path: '/offers',
    tag,
    summary: 'Add to the register what your agency can lend.',
    description: 'Things alone: nothing about a person, and no people.',
    roles: KEEPERS,
    body: NewOffer,
    responses: { 201: one },
    problems: [400, 401, 403, 422],
    async handle({ body: { geometry, properties }, caller }) {
      const { text = null, placeText = null, availableUntil = null, ...rest } = properties;
      const availableFrom = rest.availableFrom ?? new Date().toISOString();
      const offer = { ...rest, geometry, text, placeText, availableFrom, availableUntil };
      const { id, written } = await offers.create(caller, offer);
      return createdReply(`/offers/${id}`, written);
    },
  }),

  operation({
    id: 'changeOffer',
    method: 'patch',
    path: '/offers/{offerId}',
    tag,
    summary: 'Change an offer of your agency, or end it.',
    description:
      'JSON Merge Patch (RFC 7396). An offer that ends stays in the register: set `availableUntil`. Only a coordinator of the country lets more see it.',
    roles: KEEPERS,
    params,
    body: OfferChange,
    bodyMediaTypes: ['application/merge-patch+json', GEOJSON, 'application/json'],
    responses: { 200: one },
    problems: [400, 401, 403, 404, 412, 422],
    async handle({ params: { offerId }, body, caller, request }) {
      const written = await offers.change(caller, offerId, (current) => {
        const next = mergeOffer(caller, offerId, body, current);
        preconditionOf(request)(current!.version);
        return next;
      });
      return versionedReply(written);
    },
  }),
];
