import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../api/use-api.ts'
import type { Output } from '../api/api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { count, durationWord, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Gaps } from './Runs.tsx'
import type { RuleView } from './app.ts'

type OwnRun = Output<'retention.list'>['runs'][number]

/** How art32 itself deletes in the tenant: one run a day takes what ran out by every rule. */
export function OwnRules({ rules }: { rules: readonly RuleView[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [opened, setOpened] = useState(false)
  const [first] = rules
  if (!first) return null
  const { state, lastDone, lastRun, over } = first
  const deleted = rules.reduce((sum, rule) => sum + (rule.lastRun?.deleted ?? 0), 0)
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">{t('deletionRun.own')}</h3>
        <p>
          <span className={state === 'overdue' ? 'bad' : state === 'due' ? 'waiting' : undefined}>
            {t(`deletionRun.state.${state}`)}
          </span>
          {` · ${t('deletionRun.rhythms.24')} · ${t('deletionRun.ownCount', { count: rules.length })}`}
        </p>
        <p className="note quiet">
          {lastDone === null ? t('deletionRun.never') : t('deletionRun.last', { at: moment(lastDone, language) })}{' '}
          {lastRun?.outcome === 'done' ? `${t('deletionRun.ownDeleted', { deleted: count(deleted, language) })} ` : ''}
          {t(state === 'overdue' ? 'deletionRun.since' : 'deletionRun.until', { at: moment(over, language) })}
        </p>
        {lastRun === null || lastRun.outcome === 'done' ? null : (
          <p className="waiting">
            {t('deletionRun.ownStopped', {
              outcome: t(`deletionRun.outcome.${lastRun.outcome}`),
              at: moment(lastRun.ranAt, language),
            })}
          </p>
        )}
        <p className="actions">
          <Button size="compact-sm" onClick={() => setOpened(true)}>
            {t('deletionRun.ownShow')}
          </Button>
        </p>
      </div>
      <Dialog title={t('deletionRun.own')} opened={opened} onClose={() => setOpened(false)} side>
        {opened ? <OwnRuns rules={rules} ruleId={first.ruleId} /> : null}
      </Dialog>
    </li>
  )
}

function OwnRuns({ rules, ruleId }: { rules: readonly RuleView[]; ruleId: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const shown = useRead('deletion.show', { ruleId })
  const list = useRead('retention.list', {})
  const what = new Map(rules.map((rule) => [rule.name, rule.categoryName[language]]))
  return (
    <div className="customer-all">
      <p className="note quiet">{t('deletionRun.ownLead')}</p>
      <Loaded read={shown}>{({ gaps }) => <Gaps gaps={gaps} />}</Loaded>
      <Loaded read={list}>
        {({ runs }) => (
          <>
            <h3>{t('deletionRun.ownRuns')}</h3>
            {runs.length === 0 ? <p>{t('deletionRun.never')}</p> : null}
            <ul className="sentences">
              {runs.map((run) => (
                <li key={run.id}>
                  {`${moment(run.startedAt, language)}:`}{' '}
                  {run.interruptedAt === null ? null : (
                    <strong className="waiting">{t(`deletionRun.outcome.${outcomeOf(run)}`)}</strong>
                  )}
                  {` ${takenBy(run, what) || t(run.finishedAt === null && run.interruptedAt === null ? 'deletions.running' : 'deletions.nothing')}`}
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
      <h3>{t('deletionRun.ownRules')}</h3>
      <ul className="sentences">
        {rules.map((rule) => (
          <li key={rule.ruleId}>
            {begun(rule.categoryName[language])}
            <br />
            <span className="note quiet">
              {rule.period === 'PT0S'
                ? t('deletionRun.ownEnd')
                : t('deletionRun.ownPeriod', { period: durationWord(rule.period, language) })}
              {(rule.builtIn?.clears.length ?? 0) > 0 ? ` ${t('deletionRun.ownClears')}` : null}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** As a line begins. */
function begun(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function outcomeOf({ counts }: OwnRun): 'partial' | 'not-looked' {
  return Object.keys(counts).length > 0 ? 'partial' : 'not-looked'
}

function takenBy({ counts }: OwnRun, what: ReadonlyMap<string, string>): string {
  return Object.entries(counts)
    .map(([rule, taken]) => `${what.get(rule) ?? rule}: ${taken}`)
    .join(' · ')
}
