import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { RiskView } from '../api/api.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { NewRisk } from './NewRisk.tsx'
import { RiskMaps } from './RiskMap.tsx'
import { toneOf } from './level.ts'

/** The risks for people: where they stand before and after the measures, the highest that remain first. */
export function RisksPage() {
  const { t } = useTranslation()
  const list = useRead('risk.list', {})
  const mayWrite = useMay('register:write')
  const [opened, setOpened] = useState(false)
  return (
    <Page
      title={t('risk.title')}
      lead={t('risk.lead')}
      actions={mayWrite ? <Button onClick={() => setOpened(true)}>{t('risk.add')}</Button> : undefined}
    >
      <Loaded read={list}>{({ risks }) => <All risks={risks} />}</Loaded>
      <Dialog title={t('risk.add')} opened={opened} onClose={() => setOpened(false)}>
        <NewRisk />
      </Dialog>
    </Page>
  )
}

function All({ risks }: { risks: readonly RiskView[] }) {
  const { t } = useTranslation()
  if (risks.length === 0) return <p>{t('risk.none')}</p>
  return (
    <>
      <RiskMaps risks={risks.filter(({ state }) => state !== 'retired')} />
      <Downloads operation="risk.export" input={{}} formats={['pdf', 'docx', 'csv', 'json']} label={t('risk.title')} />
      <ul className="rows">
        {risks.map((risk) => (
          <Row key={risk.riskId} risk={risk} />
        ))}
      </ul>
    </>
  )
}

function Row({ risk }: { risk: RiskView }) {
  const slug = useTenant() ?? ''
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title">
          <Link to="/t/$slug/risk/$riskId" params={{ slug, riskId: risk.riskId }}>
            {risk.title}
          </Link>
        </h2>
        <Standing risk={risk} />
      </div>
    </li>
  )
}

/** How high a risk is before and after, and how it stands. */
export function Standing({ risk }: { risk: RiskView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const shaky = risk.measures.filter(({ isBacked }) => !isBacked).length
  return (
    <>
      <p>
        {t('risk.before')} <strong className={toneOf[risk.before.level]}>{t(`risk.level.${risk.before.level}`)}</strong>
        {' · '}
        {t('risk.after')} <strong className={toneOf[risk.after.level]}>{t(`risk.level.${risk.after.level}`)}</strong>
        {' · '}
        <span className={risk.state === 'review-due' ? 'bad' : undefined}>{t(`risk.state.${risk.state}`)}</span>
        {risk.reviewDue === null ? null : ` · ${t('risk.due', { day: day(risk.reviewDue, language) })}`}
      </p>
      {shaky > 0 && risk.state !== 'retired' ? <p className="waiting">{t('risk.shaky', { count: shaky })}</p> : null}
    </>
  )
}
