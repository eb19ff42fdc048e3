import type { TFunction } from 'i18next'

/** The role in which somebody signed or decided; a role without words stays as it is written. */
export function roleWord(role: string, t: TFunction): string {
  return t(`role.${role}` as 'role.owner', { defaultValue: role })
}
