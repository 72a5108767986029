import type { UserRole } from '../../shared/protocol/index.ts';

/** Who runs the service: for them there are pages below `/admin`. */
export const adminRoles = ['operator', 'brandManager', 'auditor'] as const satisfies readonly UserRole[];
export type AdminRole = (typeof adminRoles)[number];

export function isAdminRole(role: UserRole): role is AdminRole {
  return adminRoles.some((one) => one === role);
}
