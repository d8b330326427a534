import { useSignal } from '@preact/signals';
import { Refusal } from '../api/request.ts';
import { shell } from '../words/shell.words.ts';

/** A sentence for a failure: the detail of the problem, in the language of the reader. */
export const refusalText = (error: unknown): string => {
  if (!(error instanceof Refusal)) return String(error);
  return error.status === 0 ? shell.unreachable() : error.message;
};

/** A write by a person: nothing is shown as done before the service has said so, and no input is lost by a failure. */
export function useWrite() {
  const isBusy = useSignal(false);
  const failure = useSignal('');
  async function write<T>(work: () => Promise<T>): Promise<T | undefined> {
    isBusy.value = true;
    failure.value = '';
    try {
      return await work();
    } catch (error) {
      failure.value = refusalText(error);
      return undefined;
    } finally {
      isBusy.value = false;
    }
  }
  return { isBusy, failure, write };
}
