import './app/console.css';
import { render } from 'preact';
import { begin } from './api/session.ts';
import { addPart } from './app/parts.ts';
import { Shell } from './app/shell.tsx';
import { incidentPart } from './incidents/incident.part.tsx';

addPart(incidentPart);

render(<Shell />, document.getElementById('app')!);
void begin();
