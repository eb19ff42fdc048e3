import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output, RunView } from '../api/api.ts'
import { keyOf, useChange, useRead, useTenant } from '../api/use-api.ts'
import { useStream } from '../api/use-stream.ts'
import { useConnectorTitle } from '../check/connector.ts'
import { Reason } from '../duty/Reason.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Sign } from '../frame/Sign.tsx'
import { HistoryButton } from '../history/History.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { accountSign, leaverSign, stale } from './leaver-sign.ts'
import { accountWord } from './own-account.ts'

type Shown = Output<'leaving.show'>
type Held = Shown['accounts'][number]

/** One person who leaves: every known account, and where nobody could look. */
export function Leaver({ personId }: { personId: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const read = useRead('leaving.show', { personId })
  const mayLedger = useMay('ledger:read')
  return (
    <Loaded read={read}>
      {(shown) => (
        <>
          <p>
            <Link to="/t/$slug/leaving" params={{ slug }} search={{}}>
              {t('leaving.all')}
            </Link>
          </p>
          <h2>{shown.name}</h2>
          <p className="leaver-state" role="status">
            <Sign sign={leaverSign(shown, t)} />
          </p>
          <p className="quiet">
            {t(shown.hasLeft ? 'leaving.leftAt' : 'leaving.leavesAt', { at: moment(shown.leftAt, language) })}
            {shown.provenAt === null ? null : ` · ${t('leaving.provenAt', { at: moment(shown.provenAt, language) })}`}
          </p>
          <Actions personId={personId} />
          {shown.accounts.length === 0 ? <p>{t('leaving.noAccounts')}</p> : null}
          <ul className="rows">
            {shown.accounts.map((held) => (
              <AccountRow key={held.accountId} held={held} personId={personId} />
            ))}
          </ul>
          <Places systems={shown.systems} />
          <Downloads
            operation="leaving.export"
            input={{ personId }}
            formats={['pdf', 'docx', 'csv']}
            label={t('leaving.record')}
          />
          {mayLedger ? <HistoryButton id={personId} name={shown.name} /> : null}
        </>
      )}
    </Loaded>
  )
}

function Actions({ personId }: { personId: string }) {
  const { t } = useTranslation()
  const mayLook = useMay('check:run')
  const mayStop = useMay('person:write')
  const [runId, setRunId] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const looking = useChange('leaving.look', { stale, onDone: ({ runId: started }) => setRunId(started) })
  const stopping = useChange('leaving.stop', { stale, onDone: () => setAsking(false) })
  return (
    <>
      <div className="actions">
        {mayLook ? (
          <Button variant="filled" loading={looking.isPending} onClick={() => looking.mutate({})}>
            {t('leaving.look')}
          </Button>
        ) : null}
        {mayStop ? <Button onClick={() => setAsking(true)}>{t('leaving.stop')}</Button> : null}
      </div>
      {runId === null ? null : <Looking key={runId} runId={runId} />}
      <Dialog title={t('leaving.stop')} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('leaving.stopText')}</p>
        <div className="actions">
          <Button variant="filled" loading={stopping.isPending} onClick={() => stopping.mutate({ personId })}>
            {t('leaving.stop')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
        </div>
      </Dialog>
    </>
  )
}

/** How far the looks have come. */
function Looking({ runId }: { runId: string }) {
  const { t } = useTranslation()
  const tenant = useTenant()
  const client = useQueryClient()
  const run = useStream<RunView>(tenant, 'run.watch', { runId }, () => {
    for (const one of stale) void client.invalidateQueries({ queryKey: keyOf(tenant, one) })
  })
  if (run === 'broken') return <p role="alert">{t('run.unknown')}</p>
  if (run?.done) return <p role="status">{t('leaving.looked')}</p>
  return (
    <p role="status">
      {run ? t('run.progress', { count: run.connections, finished: run.finished }) : t('run.waiting')}
    </p>
  )
}

function AccountRow({ held, personId }: { held: Held; personId: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const titleOf = useConnectorTitle()
  const mayWrite = useMay('register:write')
  const [asking, setAsking] = useState(false)
  const confirming = useChange('leaving.confirm', { stale, onDone: () => setAsking(false) })
  const { systemName, account, connector, seenAt, endedAt, unseen, reason, isHidden, state, systemId } = held
  const said = [
    systemId === null ? t('leaving.own') : titleOf(connector),
    unseen === null ? null : t(`leaving.why.${unseen}`),
    endedAt === null
      ? t('leaving.seenAt', { at: moment(seenAt, language) })
      : t('leaving.endedAt', { at: moment(endedAt, language) }),
    systemId === null && state === 'open' ? t('leaving.ownOpen') : null,
    reason,
  ]
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">
          {systemName}: <span className="account-id">{accountWord(account, t)}</span>
        </h3>
        <p className="note quiet">{said.filter((one) => one !== null).join(' · ')}</p>
      </div>
      <p className="row-state">
        <Sign sign={accountSign(held, t)} />
      </p>
      {isHidden && mayWrite && state !== 'said' ? (
        <div className="row-actions">
          <Button size="compact-sm" onClick={() => setAsking(true)}>
            {t('leaving.confirm')}
          </Button>
        </div>
      ) : null}
      <Dialog title={t('leaving.confirm')} opened={asking} onClose={() => setAsking(false)}>
        <Reason
          lead={t('leaving.confirmLead')}
          action={t('leaving.confirm')}
          sending={confirming}
          onReason={(given) => confirming.mutate({ personId, accountId: held.accountId, reason: given })}
        />
      </Dialog>
    </li>
  )
}

/** Where was looked for accounts, and where not all can be known. */
function Places({ systems }: Pick<Shown, 'systems'>) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (systems.length === 0) return <p>{t('leaving.noSystems')}</p>
  return (
    <section className="section" aria-labelledby="places">
      <h2 id="places">{t('leaving.places')}</h2>
      <p className="quiet">{t('leaving.placesLead')}</p>
      <ul className="plain">
        {systems.map(({ systemId, connector, name, lookedAt, why, unmatched, hides }) => (
          <li key={`${systemId} ${connector}`}>
            <strong>{name}</strong>{' '}
            {hides === null ? (
              <>
                {lookedAt === null
                  ? t('leaving.neverLooked')
                  : t(why === null ? 'leaving.lookedAt' : 'leaving.couldNot', {
                      at: moment(lookedAt, language),
                      why: why === null ? '' : t(`reason.${why}`),
                    })}
                {unmatched > 0 ? ` ${t('leaving.unmatched', { count: unmatched })}` : null}
              </>
            ) : (
              hides[language]
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
