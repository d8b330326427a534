// A key of this service, or a token (three parts, the first begins like this).
const SECRET = /tp_[\w-]{16,}|eyJ[\w-]{8,}[\w.-]*/;
// Or any long word: longer than every id, so it also masks partial secrets and cursors.
const LIKE_SECRETS = new RegExp(`${SECRET.source}|[\\w+-]{40,}`, 'g');

/** Keys and tokens belong in headers, which are not logged, but some callers also put them into the URL. */
export const maskSecrets = (text: string): string => text.replace(LIKE_SECRETS, '[hidden]');

export const holdsSecret = (text: string): boolean => SECRET.test(text);
