import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { call } from '../api/call.ts'
import { keyOf, useInstallationChange, useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import '../frame/blocks.css'

type Run = Output<'retention.list'>['runs'][number] & { readonly failed?: number }
type Rules = Output<'retention.list'>['rules']

/** What ran out in the tenant of the address and was deleted when. */
export function TenantDeletions() {
  const deletions = useRead('retention.list', {})
  return <Loaded read={deletions}>{(all) => <Deletions {...all} />}</Loaded>
}

/** The same for the whole installation, with a way to start it. */
export function InstallationDeletions() {
  const { t } = useTranslation()
  const deletions = useQuery({
    queryKey: keyOf(null, 'retention.show'),
    queryFn: ({ signal }) => call('retention.show', {}, null, signal),
    // A run that was asked for takes seconds; the page shows it when it is there.
    refetchInterval: 5_000,
  })
  const running = useInstallationChange('retention.run_now', { stale: ['retention.show'] })
  return (
    <section className="section" aria-labelledby="deletions">
      <h2 id="deletions">{t('deletions.title')}</h2>
      <div className="blocks">
        <Loaded read={deletions}>{(all) => <Deletions {...all} />}</Loaded>
        <Button loading={running.isPending} onClick={() => running.mutate({})}>
          {t('deletions.now')}
        </Button>
      </div>
    </section>
  )
}

function Deletions({ runs, overdue, rules }: { runs: readonly Run[]; overdue: boolean; rules: Rules }) {
  const { t } = useTranslation()
  return (
    <div className="blocks">
      <p className="quiet">{t('deletions.lead')}</p>
      {overdue ? (
        <p className="field-problem" role="status">
          {t('deletions.overdue')}
        </p>
      ) : null}
      <ul className="rows">
        {runs.slice(0, 7).map((run) => (
          <DeletionRow key={run.id} run={run} rules={rules} />
        ))}
      </ul>
    </div>
  )
}

function DeletionRow({ run, rules }: { run: Run; rules: Rules }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const what = new Map(rules.map((rule) => [rule.id, rule.what[language]]))
  const counts = Object.entries(run.counts)
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">{moment(run.startedAt, language)}</h3>
        <p className="note quiet">
          {run.finishedAt === null && run.interruptedAt === null ? t('deletions.running') : null}
          {run.finishedAt !== null && counts.length === 0 ? t('deletions.nothing') : null}
          {counts.map(([rule, count]) => `${what.get(rule) ?? rule}: ${count}`).join(' · ')}
        </p>
        {run.interruptedAt === null ? null : <p className="field-problem">{t('deletions.interrupted')}</p>}
        {(run.failed ?? 0) > 0 ? <p className="field-problem">{t('deletions.failed', { count: run.failed })}</p> : null}
      </div>
    </li>
  )
}
