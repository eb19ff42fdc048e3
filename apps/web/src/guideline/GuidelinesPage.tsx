import { Button } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { GuidelineView, Output } from '../api/api.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { GuidelineText } from './GuidelineText.tsx'
import { NewGuideline } from './NewGuideline.tsx'

/** Every guideline with its state, and those that the person who looks has to read. */
export function GuidelinesPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { mine = false } = useSearch({ from: '/signed-in/t/$slug/guidelines' })
  const list = useRead('guideline.list', {})
  const own = useRead('guideline.mine', {})
  const mayWrite = useMay('register:write')
  const [opened, setOpened] = useState(false)
  const open = own.data?.guidelines.filter(({ acceptedAt }) => acceptedAt === null).length ?? 0
  return (
    <Page
      title={t('guideline.title')}
      lead={t('guideline.lead')}
      actions={mayWrite ? <Button onClick={() => setOpened(true)}>{t('guideline.add')}</Button> : undefined}
    >
      <nav className="tabs" aria-label={t('guideline.title')}>
        <Link
          to="/t/$slug/guidelines"
          params={{ slug }}
          search={{}}
          activeOptions={{ exact: true, explicitUndefined: true }}
        >
          {t('guideline.all')}
        </Link>
        <Link to="/t/$slug/guidelines" params={{ slug }} search={{ mine: true }} activeOptions={{ exact: true }}>
          {t('guideline.mine', { count: open })}
        </Link>
      </nav>
      {mine ? (
        <Loaded read={own}>{({ guidelines }) => <Mine guidelines={guidelines} />}</Loaded>
      ) : (
        <Loaded read={list}>{({ guidelines }) => <All guidelines={guidelines} />}</Loaded>
      )}
      <Dialog title={t('guideline.add')} opened={opened} onClose={() => setOpened(false)}>
        <NewGuideline />
      </Dialog>
    </Page>
  )
}

function All({ guidelines }: { guidelines: readonly GuidelineView[] }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  if (guidelines.length === 0) return <p>{t('guideline.none')}</p>
  return (
    <ul className="rows">
      {guidelines.map((guideline) => (
        <li key={guideline.guidelineId} className="row">
          <div className="row-main">
            <h2 className="row-title">
              <Link to="/t/$slug/guideline/$guidelineId" params={{ slug, guidelineId: guideline.guidelineId }}>
                {guideline.title}
              </Link>
            </h2>
            <Standing guideline={guideline} />
          </div>
        </li>
      ))}
    </ul>
  )
}

/** How a guideline stands, in one line. */
export function Standing({ guideline }: { guideline: GuidelineView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { state, number, effectiveFrom, reviewDue, accepted, members, hasDraft } = guideline
  const parts = [
    t(`guideline.state.${state}`),
    ...(number === null ? [] : [t('guideline.version', { number })]),
    ...(effectiveFrom === null ? [] : [t('guideline.since', { day: day(effectiveFrom, language) })]),
    ...(reviewDue === null ? [] : [t('guideline.due', { day: day(reviewDue, language) })]),
    ...(number === null ? [] : [t('guideline.figure', { accepted, count: members })]),
  ]
  return (
    <>
      <p className={state === 'review-overdue' ? 'bad' : undefined}>{parts.join(' · ')}</p>
      {hasDraft && state !== 'draft' ? <p className="note quiet">{t('guideline.changed')}</p> : null}
    </>
  )
}

function Mine({ guidelines }: { guidelines: Output<'guideline.mine'>['guidelines'] }) {
  const { t } = useTranslation()
  if (guidelines.length === 0) return <p>{t('guideline.noneToRead')}</p>
  return (
    <ul className="rows">
      {guidelines.map((guideline) => (
        <OwnRow key={guideline.versionId} guideline={guideline} />
      ))}
    </ul>
  )
}

function OwnRow({ guideline }: { guideline: Output<'guideline.mine'>['guidelines'][number] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { versionId, title, number, body, acceptedAt, effectiveFrom } = guideline
  const accepting = useChange('guideline.accept', { stale: ['guideline.mine', 'guideline.list', 'guideline.show'] })
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title" lang={guideline.language}>
          {title}
        </h2>
        <p>
          {t('guideline.version', { number })} · {t('guideline.since', { day: day(effectiveFrom, language) })}
        </p>
        <details open={acceptedAt === null}>
          <summary>{t('guideline.read')}</summary>
          <GuidelineText text={body} language={guideline.language} />
        </details>
        {acceptedAt === null ? (
          <div className="guideline-actions">
            <Button
              loading={accepting.isPending}
              aria-label={`${t('guideline.accept')}: ${title}`}
              onClick={() => accepting.mutate({ versionId })}
            >
              {t('guideline.accept')}
            </Button>
          </div>
        ) : (
          <p>{t('guideline.acceptedOn', { at: moment(acceptedAt, language) })}</p>
        )}
      </div>
    </li>
  )
}
