import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { FileField } from '../file/Files.tsx'
import { cited } from '../incident/incident-view.ts'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Refused } from './Refused.tsx'
import type { ReportShown } from './shown.ts'

const stale = ['report.list', 'report.show'] as const

/** The reporting clock of the Cyber Resilience Act beside a report; beside its incident only what is due. */
export function Clock({ report, isBeside = false }: { report: ReportShown; isBeside?: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('register:write') && !isBeside
  const list = useRead('report.list', {})
  const { clock } = report
  const { setting, rule } = list.data ?? {}
  return (
    <section className="section" aria-labelledby="cra">
      <h2 id="cra">{t('report.cra')}</h2>
      <p>{t(setting?.cra === 'applies-not' ? 'report.craNot' : 'report.craLead')}</p>
      {clock === null ? null : (
        <>
          <p>
            {t('report.known', {
              moment: moment(clock.awareAt, language),
              about: t(`report.about.${clock.about}`),
            })}
          </p>
          {clock.deadlines.length === 0 ? <p>{t('report.before')}</p> : null}
          <ul className="rows">
            {clock.deadlines.map((deadline) => (
              <Deadline key={deadline.stage} deadline={deadline} />
            ))}
          </ul>
          {clock.remedyAt === null ? null : <p>{t('report.remedy', { moment: moment(clock.remedyAt, language) })}</p>}
          {mayWrite ? <NoteSent key={JSON.stringify(clock.deadlines)} report={report} /> : null}
        </>
      )}
      {mayWrite && setting?.cra !== 'applies-not' ? <Start key={clock?.awareAt} report={report} /> : null}
      {rule ? (
        <p className="note quiet">
          {t('report.craSource', {
            day: day(rule.from, language),
            source: cited(rule.source, language),
            read: day(rule.readOn, language),
          })}{' '}
          <a href={rule.url} rel="noreferrer">
            {rule.url}
          </a>
        </p>
      ) : null}
    </section>
  )
}

function Deadline({ deadline }: { deadline: NonNullable<ReportShown['clock']>['deadlines'][number] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { stage, dueAt, outerAt, doneAt, isLate } = deadline
  const parts = [
    dueAt === null ? t('report.notYet') : t('report.due', { moment: moment(dueAt, language) }),
    ...(outerAt === null || outerAt === dueAt ? [] : [t('report.outer', { moment: moment(outerAt, language) })]),
    ...(doneAt === null ? [] : [t('report.sent', { moment: moment(doneAt, language) })]),
    ...(isLate ? [t('report.lateSent')] : []),
  ]
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">{t(`report.stage.${stage}`)}</h3>
        <p className={isLate ? 'bad' : undefined}>{parts.join(' · ')}</p>
      </div>
    </li>
  )
}

function Start({ report }: { report: ReportShown }) {
  const { t } = useTranslation()
  const [about, setAbout] = useState<'exploited' | 'severe-incident'>(report.clock?.about ?? 'exploited')
  const [awareAt, setAwareAt] = useState('')
  const starting = useChange('report.start_clock', { stale, quiet: true })
  const word = t(report.clock === null ? 'report.start' : 'report.restart')
  return (
    <details>
      <summary>{word}</summary>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          starting.mutate({ reportId: report.reportId, about, awareAt: new Date(awareAt).toISOString() })
        }}
      >
        <NativeSelect
          label={t('report.aboutField')}
          value={about}
          onChange={(event) => setAbout(event.currentTarget.value === 'exploited' ? 'exploited' : 'severe-incident')}
          data={(['exploited', 'severe-incident'] as const).map((value) => ({
            value,
            label: t(`report.about.${value}`),
          }))}
        />
        <TextInput
          label={t('report.awareAt')}
          type="datetime-local"
          value={awareAt}
          onChange={(event) => setAwareAt(event.currentTarget.value)}
          required
          withAsterisk={false}
        />
        <Refused error={starting.error} />
        <Button type="submit" variant="default" loading={starting.isPending}>
          {word}
        </Button>
      </form>
    </details>
  )
}

const whats = ['warning', 'notification', 'final', 'remedy'] as const

function NoteSent({ report: { reportId } }: { report: ReportShown }) {
  const { t } = useTranslation()
  const [what, setWhat] = useState<(typeof whats)[number]>('warning')
  const [at, setAt] = useState('')
  const [reference, setReference] = useState('')
  const [fileIds, setFileIds] = useState<string[]>([])
  const noting = useChange('report.note_sent', { stale, quiet: true })
  return (
    <details>
      <summary>{t('report.noteSentLong')}</summary>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          noting.mutate({ reportId, what, at: new Date(at).toISOString(), reference, fileIds })
        }}
      >
        <NativeSelect
          label={t('report.noteWhat')}
          value={what}
          onChange={(event) => setWhat(whats.find((one) => one === event.currentTarget.value) ?? 'warning')}
          data={whats.map((value) => ({ value, label: t(`report.what.${value}`) }))}
        />
        <TextInput
          label={t('report.noteAt')}
          type="datetime-local"
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
          required
          withAsterisk={false}
        />
        <TextInput
          label={t('report.reference')}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
          maxLength={300}
        />
        <FileField label={t('report.files')} value={fileIds} onChange={setFileIds} />
        <Refused error={noting.error} />
        <Button type="submit" variant="default" loading={noting.isPending}>
          {t('report.noteSent')}
        </Button>
      </form>
    </details>
  )
}
