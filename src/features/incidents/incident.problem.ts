import { conflict } from '../../core/problem.ts';

export const idTaken = (id: string) => conflict('id-taken', 'id-taken', { id });
