import type { Role } from '../../core/caller.ts';

/** Who reports incidents and follows them up. */
export const REPORTING_ROLES: readonly Role[] = ['reporter', 'operator'];
