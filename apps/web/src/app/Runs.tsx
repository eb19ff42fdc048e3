import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Refusal } from '../customer/Refusal.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { count, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { stale } from './app.ts'
import type { RuleView, RunView } from './app.ts'

const reasons = ['not-due', 'legal-hold', 'retention-duty', 'dispute', 'consent', 'in-use'] as const

/** What the runs of a rule reported, what was missed, and how a job reports. */
export function Runs({ rule, onDone }: { rule: RuleView; onDone: () => void }) {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write')
  const { ruleId } = rule
  const read = useRead('deletion.show', { ruleId })
  return (
    <Loaded read={read}>
      {({ runs, gaps }) => (
        <div className="customer-all">
          <Gaps gaps={gaps} />
          <h3>{t('deletionRun.runs')}</h3>
          {runs.length === 0 ? <p>{t('deletionRun.noRun')}</p> : null}
          <ul className="sentences">
            {runs.map((run) => (
              <li key={run.runId}>
                <RunLine run={run} />
              </li>
            ))}
          </ul>
          <HowTo ruleId={ruleId} />
          {mayWrite ? <EndRule ruleId={ruleId} onDone={onDone} /> : null}
        </div>
      )}
    </Loaded>
  )
}

/** Every time for which no run deleted although one was due. */
export function Gaps({ gaps }: { gaps: Output<'deletion.show'>['gaps'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <>
      <h3>{t('deletionRun.gaps')}</h3>
      {gaps.length === 0 ? <p>{t('deletionRun.noGap')}</p> : null}
      <ul className="sentences">
        {gaps.map(({ from, until }) => (
          <li key={from} className="bad">
            {until === null
              ? t('deletionRun.openGap', { from: moment(from, language) })
              : t('deletionRun.gap', { from: moment(from, language), until: moment(until, language) })}
          </li>
        ))}
      </ul>
    </>
  )
}

function RunLine({ run }: { run: RunView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const kept = reasons.flatMap((reason) => {
    const number = run.kept[reason] ?? 0
    return number === 0 ? [] : [`${count(number, language)} (${t(`deletionRun.reason.${reason}`)})`]
  })
  return (
    <>
      {moment(run.ranAt, language)}{' '}
      <strong className={run.outcome === 'done' ? undefined : 'waiting'}>
        {t(`deletionRun.outcome.${run.outcome}`)}
      </strong>
      {' · '}
      {t('deletionRun.numbers', {
        examined: count(run.examined, language),
        deleted: count(run.deleted, language),
        errors: count(run.errors, language),
      })}
      {kept.length === 0 ? null : ` · ${t('deletionRun.kept', { list: kept.join(', ') })}`}
    </>
  )
}

/** The command of the app's own job, with this rule's id. */
function HowTo({ ruleId }: { ruleId: string }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const report = JSON.stringify({ ruleId, examined: 1200, deleted: 34, kept: { 'not-due': 1166 } })
  const command = `npx art32 call deletion.report --tenant ${slug} \\\n  --input '${report}'`
  return (
    <details>
      <summary>{t('deletionRun.how')}</summary>
      <p>{t('deletionRun.howTo')}</p>
      <pre className="app-command">
        <code>{command}</code>
      </pre>
    </details>
  )
}

function EndRule({ ruleId, onDone }: { ruleId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const ending = useChange('deletion.end', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        ending.mutate({ ruleId, reason })
      }}
    >
      <TextInput
        required
        minLength={3}
        maxLength={1_000}
        label={t('deletionRun.endReason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Refusal error={ending.error} />
      <Button type="submit" loading={ending.isPending}>
        {t('deletionRun.end')}
      </Button>
    </form>
  )
}
