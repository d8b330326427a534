import type { Request, Response } from 'express';
import { LANGUAGES, type Language } from '../core/vocabulary.ts';

/** The language of problems and pages: what `Accept-Language` prefers (RFC 9110 §12.5.4), or else English. */
export const languageOf = (req: Request): Language =>
  (req.acceptsLanguages([...LANGUAGES]) || LANGUAGES[0]) as Language;

/** Marks an answer that another reader gets in another language. Other answers never vary by it. */
export const markLanguage = (res: Response, language: Language): Response =>
  res.vary('Accept-Language').set('Content-Language', language);
