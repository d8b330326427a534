// A key of this service, or a token: three parts of which the first begins like this.
const SECRET = /tp_[\w-]{16,}|eyJ[\w-]{8,}[\w.-]*/;
// As long as what is left of one in another form, and longer than any id. Cursors are hidden with it.
const LIKE_SECRETS = new RegExp(`${SECRET.source}|[\\w+-]{40,}`, 'g');

/** Keys and tokens travel in headers, which are not logged; some callers put them into the address, too. */
export const maskSecrets = (text: string): string => text.replace(LIKE_SECRETS, '[hidden]');

export const holdsSecret = (text: string): boolean => SECRET.test(text);
