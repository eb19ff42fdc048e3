import type { TFunction } from 'i18next'
import type { Output } from '../api/api.ts'

/** What a role or a token may do. */
export type ServerPermission = Output<'access.list'>['roles'][number]['permissions'][number]

/** A permission in plain words. */
export function permissionName(permission: ServerPermission, t: TFunction): string {
  return t(`permission.${permission.replace(':', '-') as 'register-read'}`)
}
