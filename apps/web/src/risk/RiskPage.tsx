import { Button, Textarea, TextInput } from '@mantine/core'
import { assuranceSigns } from '@art32/press'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output, RiskView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { measureTitle } from '../catalogue/measure-title.ts'
import { roleWord } from '../edition/role-word.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { Sign } from '../frame/Sign.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { RiskForm } from './RiskForm.tsx'
import { Standing } from './RisksPage.tsx'
import { toneOf } from './level.ts'
import './risk.css'

const route = getRouteApi('/signed-in/t/$slug/risk/$riskId')
const stale = ['risk.show', 'risk.list'] as const

type Shown = Output<'risk.show'>

/** One risk: what could happen, what is counted on, and every assessment of it. */
export function RiskPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { riskId } = route.useParams()
  const shown = useRead('risk.show', { riskId })
  return (
    <Page
      title={shown.data?.risk.title ?? t('risk.title')}
      over={
        <Link to="/t/$slug/risks" params={{ slug }}>
          {t('risk.title')}
        </Link>
      }
    >
      <Loaded read={shown}>{(found) => <Whole key={found.risk.number} shown={found} />}</Loaded>
    </Page>
  )
}

function Whole({ shown: { risk, assessments } }: { shown: Shown }) {
  const { t } = useTranslation()
  return (
    <div className="risk-text">
      <Standing risk={risk} />
      <p>{risk.scenario}</p>
      <p className="note quiet">
        {risk.events.map((event) => t(`risk.event.${event}`)).join(' · ')}
        {risk.processing === '' ? null : ` · ${risk.processing}`}
      </p>
      {risk.after.level === 'high' && risk.state !== 'retired' ? <p className="bad">{t('risk.highRemains')}</p> : null}
      {risk.retiredReason === null ? (
        <Decisions risk={risk} />
      ) : (
        <p>{t('risk.closedFor', { why: risk.retiredReason })}</p>
      )}
      <section className="risk-part">
        <h2>{t('risk.measures')}</h2>
        {risk.measures.length === 0 ? <p>{t('risk.noMeasure')}</p> : <Measures measures={risk.measures} />}
      </section>
      <section className="risk-part">
        <h2>{t('risk.assessments')}</h2>
        {assessments.map((assessment) => (
          <Assessment key={assessment.number} assessment={assessment} />
        ))}
      </section>
    </div>
  )
}

function Measures({ measures }: { measures: RiskView['measures'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <ul className="sentences">
      {measures.map(({ catalogueId, assurance, isBacked }) => (
        <li key={catalogueId}>
          {measureTitle(catalogueId, language)}{' '}
          {assurance === null ? (
            <span className="waiting">{t('risk.inNoLine')}</span>
          ) : (
            <Sign sign={assuranceSigns[assurance]} />
          )}
          {isBacked || assurance === null ? null : <span className="quiet"> {t('risk.notCounted')}</span>}
        </li>
      ))}
    </ul>
  )
}

function Assessment({ assessment }: { assessment: Shown['assessments'][number] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { number, before, after, reason, assessedBy, assessedRole, at, accepted } = assessment
  return (
    <div className="risk-part">
      <h3>{t('risk.assessment', { number, day: day(at, language) })}</h3>
      <p>
        {t('risk.before')} <strong className={toneOf[before.level]}>{t(`risk.level.${before.level}`)}</strong>{' '}
        {t('risk.estimate', before)} · {t('risk.after')}{' '}
        <strong className={toneOf[after.level]}>{t(`risk.level.${after.level}`)}</strong> {t('risk.estimate', after)}
      </p>
      <p>{reason}</p>
      <p className="note quiet">
        {t('risk.by', { name: assessedBy ?? t('risk.gone'), role: roleWord(assessedRole, t) })}
      </p>
      {accepted === null ? null : (
        <p className="note">
          {t('risk.acceptedBy', {
            name: accepted.by ?? t('risk.gone'),
            role: roleWord(accepted.role, t),
            day: day(accepted.at, language),
            until: day(accepted.reviewDue, language),
            why: accepted.reason,
          })}
          {accepted.unbacked.length === 0
            ? null
            : ` ${t('risk.acceptedUnbacked', {
                measures: accepted.unbacked.map((id) => measureTitle(id, language)).join(', '),
              })}`}
        </p>
      )}
    </div>
  )
}

function Decisions({ risk }: { risk: RiskView }) {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write')
  const maySign = useMay('edition:sign')
  const [asked, setAsked] = useState<'assess' | 'accept' | 'retire' | null>(null)
  const close = () => setAsked(null)
  return (
    <p className="actions">
      {mayWrite ? (
        <Button variant="default" onClick={() => setAsked('assess')}>
          {t('risk.assess')}
        </Button>
      ) : null}
      {maySign && risk.state === 'open' ? <Button onClick={() => setAsked('accept')}>{t('risk.accept')}</Button> : null}
      {maySign ? (
        <Button variant="default" onClick={() => setAsked('retire')}>
          {t('risk.retire')}
        </Button>
      ) : null}
      <Dialog title={t('risk.assess')} opened={asked === 'assess'} onClose={close}>
        <Assess risk={risk} onDone={close} />
      </Dialog>
      <Dialog title={t('risk.accept')} opened={asked === 'accept'} onClose={close}>
        <Accept risk={risk} onDone={close} />
      </Dialog>
      <Dialog title={t('risk.retire')} opened={asked === 'retire'} onClose={close}>
        <Retire risk={risk} onDone={close} />
      </Dialog>
    </p>
  )
}

function Assess({ risk, onDone }: { risk: RiskView; onDone: () => void }) {
  const { t } = useTranslation()
  const assessing = useChange('risk.assess', { stale, quiet: true, onDone })
  const { riskId, number, title, scenario, events, processing, before, after, measures } = risk
  return (
    <RiskForm
      first={{
        title,
        scenario,
        events,
        processing,
        before: { likelihood: before.likelihood, severity: before.severity },
        after: { likelihood: after.likelihood, severity: after.severity },
        measures: measures.map(({ catalogueId }) => catalogueId),
        reason: '',
      }}
      problem={assessing.error ? sentenceOf(assessing.error, t) : undefined}
      isSaving={assessing.isPending}
      onSave={(said) => assessing.mutate({ riskId, number, ...said })}
    />
  )
}

function inMonths(months: number): string {
  const at = new Date()
  at.setUTCMonth(at.getUTCMonth() + months)
  return at.toISOString().slice(0, 10)
}

function Accept({ risk: { riskId, number, measures }, onDone }: { risk: RiskView; onDone: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [reason, setReason] = useState('')
  const [reviewDue, setReviewDue] = useState(() => inMonths(11))
  const accepting = useChange('risk.accept', { stale, quiet: true, onDone })
  const unbacked = measures.filter(({ isBacked }) => !isBacked)
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        accepting.mutate({ riskId, number, reason, reviewDue })
      }}
    >
      <p>{t('risk.acceptWhat')}</p>
      {unbacked.length === 0 ? null : (
        <p className="waiting">
          {t('risk.acceptUnbacked', {
            measures: unbacked.map(({ catalogueId }) => measureTitle(catalogueId, language)).join(', '),
          })}
        </p>
      )}
      <ReasonField value={reason} onChange={setReason} />
      <TextInput
        type="date"
        label={t('risk.reviewDue')}
        value={reviewDue}
        onChange={(event) => setReviewDue(event.currentTarget.value)}
        error={accepting.error ? sentenceOf(accepting.error, t) : undefined}
        required
        withAsterisk={false}
      />
      <Button type="submit" loading={accepting.isPending}>
        {t('risk.accept')}
      </Button>
    </form>
  )
}

function Retire({ risk: { riskId, number }, onDone }: { risk: RiskView; onDone: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const retiring = useChange('risk.retire', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        retiring.mutate({ riskId, number, reason })
      }}
    >
      <p>{t('risk.retireWhat')}</p>
      <ReasonField
        value={reason}
        onChange={setReason}
        {...(retiring.error ? { problem: sentenceOf(retiring.error, t) } : {})}
      />
      <Button type="submit" loading={retiring.isPending}>
        {t('risk.retire')}
      </Button>
    </form>
  )
}

function ReasonField({
  value,
  onChange,
  problem,
}: {
  value: string
  onChange: (value: string) => void
  problem?: string
}) {
  const { t } = useTranslation()
  return (
    <Textarea
      label={t('risk.reason')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={problem}
      required
      withAsterisk={false}
      minLength={3}
      maxLength={2_000}
    />
  )
}
