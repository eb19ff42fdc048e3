import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { CredentialRow, isOver } from './CredentialRow.tsx'
import { permissionName } from './permission-name.ts'

type Token = Omit<Output<'token.list'>['tokens'][number], 'tenant'>

/** One API token. @param place the tenant, or the person, it belongs to */
export function TokenRow({ token, place, onRevoke }: { token: Token; place: string; onRevoke: () => void }) {
  const { t } = useTranslation()
  const { name, expiresAt, lastUse, permissions } = token
  return (
    <CredentialRow
      name={name}
      place={place}
      endsAt={expiresAt}
      lastUse={lastUse}
      button={{
        word: t(isOver(expiresAt) ? 'token.clear' : 'token.revoke'),
        label: t('token.revokeWhich', { name }),
        onClick: onRevoke,
      }}
    >
      {permissions.map((one) => permissionName(one, t)).join('; ')}
    </CredentialRow>
  )
}
