import type { Part } from '../app/parts.ts';
import { IncidentList } from './incident.list.tsx';
import { said } from './incident.words.ts';

export const incidentPart: Part = {
  id: '',
  title: () => said.title(),
  isOnMap: true,
  Panel: IncidentList,
};
