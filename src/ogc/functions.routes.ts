import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { DOCUMENT_QUERY } from './collection/document.query.ts';
import { AS_HTML } from './collection/links.ts';
import { FUNCTIONS } from './cql2/function.sql.ts';
import { functionsPage } from './pages/functions.page.ts';

const FunctionList = z
  .strictObject({
    functions: z
      .array(
        z.strictObject({
          name: z.string().meta({ description: 'Name in a filter.' }),
          description: z.string().meta({ description: 'What it computes.' }),
          arguments: z
            .array(
              z.strictObject({
                title: z.string().meta({ description: 'Name of the argument.' }),
                type: z.array(z.string()).meta({ description: 'Types that it takes.' }),
              }),
            )
            .meta({ description: 'Arguments in order.' }),
          returns: z.array(z.string()).meta({ description: 'Types of its result.' }),
        }),
      )
      .meta({ description: 'The functions.' }),
  })
  .meta({ id: 'FunctionList', description: 'Functions for filters, beyond those of CQL2.' });

// OGC's word for a CQL2 timestamp
const spoken = (kind: string): string => (kind === 'timestamp' ? 'datetime' : kind);

/** OGC API – Features Part 3 §6.5: the functions for filters. */
export const functionOperations = () => [
  operation({
    id: 'listFunctions',
    method: 'get',
    path: '/functions',
    tag: 'Layers',
    summary: 'List the functions for filters.',
    description: 'Functions beyond those of CQL2 itself, with their arguments and results.',
    query: DOCUMENT_QUERY,
    responses: {
      200: { description: 'Names, arguments and results.', schema: FunctionList, also: AS_HTML },
    },
    problems: [400],
    handle: async () => ({
      body: {
        functions: FUNCTIONS.map(({ name, description, returns, ...one }) => ({
          name,
          description,
          arguments: one.arguments.map(({ title, type }) => ({ title, type: [spoken(type)] })),
          returns: [spoken(returns)],
        })),
      },
      html: functionsPage,
    }),
  }),
];
