import { Button } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { SystemTabs } from '../connection/SystemTabs.tsx'
import { Reason } from '../duty/Reason.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { Sign } from '../frame/Sign.tsx'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Leaver } from './Leaver.tsx'
import { leaverSign, stale } from './leaver-sign.ts'
import { StartLeaving } from './StartLeaving.tsx'
import '../person/person.css'
import './review.css'

type Listed = Output<'leaving.list'>

/** Who leaves, and what became of their accounts. */
export function LeavingPage() {
  const { t } = useTranslation()
  const { person } = useSearch({ from: '/signed-in/t/$slug/leaving' })
  return (
    <Page title={t('leaving.title')} lead={t('leaving.lead')}>
      <SystemTabs />
      {person === undefined ? <Leavers /> : <Leaver personId={person} />}
    </Page>
  )
}

function Leavers() {
  const { t } = useTranslation()
  const read = useRead('leaving.list', {})
  const mayStart = useMay('person:write')
  const [asking, setAsking] = useState(false)
  return (
    <Loaded read={read}>
      {({ leaving, proposed, today }) => (
        <>
          {proposed.length === 0 ? null : <Proposed proposed={proposed} />}
          {leaving.length === 0 ? <p>{t('leaving.none')}</p> : null}
          <ul className="rows">
            {leaving.map((one) => (
              <LeaverRow key={one.personId} leaver={one} />
            ))}
          </ul>
          {mayStart ? (
            <div className="actions">
              <Button variant={leaving.length === 0 ? 'filled' : 'default'} onClick={() => setAsking(true)}>
                {t('leaving.start')}
              </Button>
            </div>
          ) : (
            <p className="note quiet">{t('leaving.ownersStart')}</p>
          )}
          <Dialog title={t('leaving.start')} opened={asking} onClose={() => setAsking(false)}>
            <StartLeaving today={today} onDone={() => setAsking(false)} />
          </Dialog>
        </>
      )}
    </Loaded>
  )
}

function LeaverRow({ leaver }: { leaver: Listed['leaving'][number] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const { counts, name, leftAt, hasLeft, personId } = leaver
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title">
          <Link to="/t/$slug/leaving" params={{ slug }} search={{ person: personId }}>
            {name}
          </Link>
        </h2>
        <p className="note quiet">
          {t(hasLeft ? 'leaving.leftAt' : 'leaving.leavesAt', { at: moment(leftAt, language) })}
          {' · '}
          {t('leaving.accounts', { count: counts.all })}
        </p>
      </div>
      <p className="row-state">
        <Sign sign={leaverSign(leaver, t)} />
      </p>
    </li>
  )
}

/** Whom a directory switched off: a person decides. */
function Proposed({ proposed }: Pick<Listed, 'proposed'>) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayStart = useMay('access:write')
  const mayDecline = useMay('register:write')
  const [declined, setDeclined] = useState<string | null>(null)
  const accepting = useChange('leaving.accept', { stale })
  const declining = useChange('leaving.decline', { stale, onDone: () => setDeclined(null) })
  return (
    <section className="section" aria-labelledby="proposed">
      <h2 id="proposed">{t('leaving.proposed')}</h2>
      <p className="quiet">{t('leaving.proposedLead')}</p>
      <ul className="rows">
        {proposed.map(({ proposalId, name, email, at }) => (
          <li className="row" key={proposalId}>
            <div className="row-main">
              <h3 className="row-title">{name}</h3>
              <p className="note quiet">
                {email} · {t('leaving.offSince', { day: day(at, language) })}
              </p>
            </div>
            <div className="row-actions">
              {mayStart ? (
                <Button
                  size="compact-sm"
                  aria-label={t('leaving.acceptOf', { name })}
                  loading={accepting.isPending && accepting.variables.proposalId === proposalId}
                  onClick={() => accepting.mutate({ proposalId })}
                >
                  {t('leaving.accept')}
                </Button>
              ) : null}
              {mayDecline ? (
                <button
                  type="button"
                  className="text-button"
                  aria-label={t('leaving.declineOf', { name })}
                  onClick={() => setDeclined(proposalId)}
                >
                  {t('leaving.decline')}
                </button>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      <Dialog title={t('leaving.decline')} opened={declined !== null} onClose={() => setDeclined(null)}>
        <Reason
          lead={t('leaving.declineLead')}
          action={t('leaving.decline')}
          sending={declining}
          onReason={(reason) => declining.mutate({ proposalId: declined ?? '', reason })}
        />
      </Dialog>
    </section>
  )
}
