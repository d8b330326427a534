import { conflict } from '../../core/problem.ts';
import { defineProblemTypes } from '../../core/problem.types.ts';

defineProblemTypes({
  'id-taken': {
    title: 'Id taken',
    meaning: 'The id belongs to other content, perhaps to something that you may not see.',
  },
});

export const idTaken = (id: string) =>
  conflict(
    'id-taken',
    `The id ${id} is taken by other content. Use a new UUIDv7, or add a report to your incident.`,
  );
