import { writtenIssues } from '../../src/core/catalogue.ts';

interface Result {
  error?:
    | { issues: { message: string; path: PropertyKey[]; params?: Record<string, unknown> | undefined }[] }
    | undefined;
}

/** The first fault of a schema, with its text written out. */
export const firstIssue = (result: Result) => writtenIssues(result.error?.issues ?? [])[0];
