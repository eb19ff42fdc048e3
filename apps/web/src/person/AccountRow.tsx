import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { HeldAccountView } from '../api/api.ts'
import { useChange } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { useConnectorTitle } from '../check/connector.ts'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Match } from './Match.tsx'
import { isPseudonym } from './account-kind.ts'

/** One account: where it is, what it may, whose it is, and what can be said about that. */
export function AccountRow({
  account,
  names,
  onNames,
}: {
  account: HeldAccountView
  names: Readonly<Record<string, string>>
  onNames: (names: Readonly<Record<string, string>>) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const connectorTitle = useConnectorTitle()
  const mayWrite = useMay('register:write')
  const revealing = useChange('holder.reveal', { onDone: (output) => onNames(output.names) })
  const matching = useChange('holder.set', { stale: ['holder.list', 'person.list'] })
  const { systemId, systemName, connector, account: id, isAdmin, isActive, seenAt, holder, proposal } = account
  const name = names[id]
  return (
    <li className="row account">
      <div className="row-main">
        <h2 className="row-title">{name ?? <code>{id}</code>}</h2>
        <p className="note quiet">
          {systemName} · {connectorTitle(connector)}
          {isAdmin ? ` · ${t('holder.admin')}` : ''}
          {isActive === false ? ` · ${t('holder.off')}` : ''}
          {' · '}
          {t('holder.seen', { day: day(seenAt, language) })}
        </p>
        <Held holder={holder} />
        {proposal && mayWrite ? (
          <p className="note">
            {t(`holder.proposal.${proposal.why}`, { name: proposal.name })}{' '}
            <Button
              size="compact-xs"
              loading={matching.isPending}
              onClick={() => matching.mutate({ systemId, account: id, personId: proposal.personId })}
            >
              {t('holder.confirm')}
            </Button>
          </p>
        ) : null}
      </div>
      {mayWrite ? (
        <div className="row-actions">
          {isPseudonym(id) && name === undefined ? (
            <button
              type="button"
              className="text-button"
              disabled={revealing.isPending}
              onClick={() => revealing.mutate({ pseudonyms: [id] })}
              title={t('holder.revealHint')}
            >
              {t('holder.reveal')}
            </button>
          ) : null}
          <Match account={account} name={name ?? id} />
        </div>
      ) : null}
    </li>
  )
}

function Held({ holder }: { holder: HeldAccountView['holder'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (holder === null)
    return (
      <p className="waiting">
        <span aria-hidden>△ </span>
        {t('holder.nobody')}
      </p>
    )
  if (holder.personId === null)
    return (
      <>
        <p>{t('holder.program', { owner: holder.owner ?? t('measure.nobody') })}</p>
        {holder.reason === null ? null : (
          <p className="note">
            <q>{holder.reason}</q>
          </p>
        )}
      </>
    )
  return (
    <p>
      {holder.name}
      {holder.leftOn === null ? null : (
        <span className="bad">
          {' '}
          <span aria-hidden>▲ </span>
          {t('holder.leftOn', { day: day(holder.leftOn, language) })}
        </span>
      )}
    </p>
  )
}
