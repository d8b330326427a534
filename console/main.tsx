import './app/console.css';
import { render } from 'preact';
import { begin } from './api/session.ts';
import { beginAddress } from './app/address.ts';
import { addPart } from './app/parts.ts';
import { Shell } from './app/shell.tsx';
import { incidentPart } from './incidents/incident.part.tsx';
import { beginLanguage } from './words/language.ts';

addPart(incidentPart);

beginLanguage();
beginAddress();
render(<Shell />, document.getElementById('app')!);
void begin();
