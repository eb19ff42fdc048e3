import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { permissionName } from './permission-name.ts'
import './members.css'

type Token = Omit<Output<'token.list'>['tokens'][number], 'tenant'>

/** One API token. @param place the tenant, or the person, it belongs to */
export function TokenRow({ token, place, onRevoke }: { token: Token; place: string; onRevoke: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const hasEnded = isOver(token.expiresAt)
  return (
    <li className="row member">
      <div className="row-main">
        <h3 className="row-title">{token.name}</h3>
        <p className="note quiet">
          {[
            place,
            t(hasEnded ? 'token.ended' : 'token.ends', { day: day(token.expiresAt, language) }),
            token.lastUse === null ? t('token.unused') : t('token.used', { moment: moment(token.lastUse, language) }),
          ].join(' · ')}
        </p>
        <p className="note quiet">{token.permissions.map((one) => permissionName(one, t)).join('; ')}</p>
      </div>
      <Button variant="default" onClick={onRevoke} aria-label={t('token.revokeWhich', { name: token.name })}>
        {t(hasEnded ? 'token.clear' : 'token.revoke')}
      </Button>
    </li>
  )
}

/** Whether an instant has passed. */
export function isOver(instant: string): boolean {
  return Date.parse(instant) <= Date.now()
}
