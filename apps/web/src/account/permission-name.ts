import type { TFunction } from 'i18next'
import type { Output } from '../api/api.ts'

/** What a role or a token may do. */
export type ServerPermission = Output<'access.list'>['roles'][number]['permissions'][number]

/** The key of its words: a permission without words in a language does not compile. */
type Key<P extends string> = P extends `${infer Noun}:${infer Verb}` ? `${Noun}-${Verb}` : never

/** A permission in plain words. */
export function permissionName(permission: ServerPermission, t: TFunction): string {
  return t(`permission.${permission.replace(':', '-') as Key<ServerPermission>}`)
}
