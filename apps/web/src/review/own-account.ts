import type { TFunction } from 'i18next'
import { permissionName } from '../account/permission-name.ts'
import type { ServerPermission } from '../account/permission-name.ts'
import { roleWord } from '../edition/role-word.ts'

const own = /^(member|token|guest) (\S+)$/

/** An account as people read it: one of art32 itself by what it is, since its random id tells nobody anything. */
export function accountWord(account: string, t: TFunction): string {
  const [, kind, id = ''] = own.exec(account) ?? []
  if (kind === 'member' || kind === 'guest') return t(`review.own.${kind}`)
  // Somebody may have several.
  return kind === 'token' ? `${t('review.own.token')} ${id.slice(0, 8)}` : account
}

/** What an account may do; roles and permissions of art32 itself in words, those of others as they call them. */
export function rightsWord({ account, rights }: { account: string; rights: readonly string[] }, t: TFunction): string {
  if (!own.test(account)) return rights.join(', ')
  return rights
    .map((right) => (right.includes(':') ? permissionName(right as ServerPermission, t) : roleWord(right, t)))
    .join(', ')
}
