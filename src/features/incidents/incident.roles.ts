import type { Role } from '../../core/caller.ts';

/** Roles that report incidents and follow them up. */
export const REPORTING_ROLES: readonly Role[] = ['reporter', 'operator'];
