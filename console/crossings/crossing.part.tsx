import './crossings.css';
import type { Part } from '../app/parts.ts';
import { CrossingBoard } from './crossing.board.tsx';
import { said } from './crossing.words.ts';

export const crossingPart: Part = { id: 'crossings', title: () => said.title(), Panel: CrossingBoard };
