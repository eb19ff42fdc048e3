import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange, useRead } from '../api/use-api.ts'
import { FileField } from '../file/Files.tsx'
import { Refused } from './Refused.tsx'
import type { ReportShown } from './shown.ts'

const stale = ['report.list', 'report.show'] as const

/** What a report may become, each in one press. */
export function Steps({ report }: { report: ReportShown }) {
  const { t } = useTranslation()
  const [answer, setAnswer] = useState('')
  const [original, setOriginal] = useState('')
  const list = useRead('report.list', {})
  const moving = useChange('report.move', { stale, quiet: true, onDone: () => setAnswer('') })
  const { reportId, next } = report
  const others = (list.data?.reports ?? []).filter((one) => one.reportId !== reportId)
  return (
    <section className="section" aria-labelledby="steps">
      <h2 id="steps">{t('report.steps')}</h2>
      {next.length === 0 ? (
        <p>{t('report.stepDone')}</p>
      ) : (
        <div className="form">
          <Textarea
            label={t('report.answer')}
            description={t('report.answerHint')}
            value={answer}
            onChange={(event) => setAnswer(event.currentTarget.value)}
            autosize
            minRows={2}
            maxLength={5_000}
          />
          {next.includes('duplicate') && others.length > 0 ? (
            <NativeSelect
              label={t('report.original')}
              value={original}
              onChange={(event) => setOriginal(event.currentTarget.value)}
              data={[
                { value: '', label: '–' },
                ...others.map((one) => ({ value: one.reportId, label: `${one.number} · ${one.title}` })),
              ]}
            />
          ) : null}
          <Refused error={moving.error} />
          <div className="actions">
            {next.map((to, index) => (
              <Button
                key={to}
                variant={index === 0 ? 'filled' : 'default'}
                loading={moving.isPending && moving.variables.to === to}
                disabled={to === 'duplicate' && others.length === 0}
                onClick={() =>
                  moving.mutate({
                    reportId,
                    to,
                    answer: answer.trim(),
                    ...(to === 'duplicate' && original !== '' ? { duplicateOf: original } : {}),
                  })
                }
              >
                {t(`report.to.${to}`)}
              </Button>
            ))}
          </div>
        </div>
      )}
    </section>
  )
}

/** Writes to whoever reported, or a note for people here. */
export function Say({ report: { reportId } }: { report: ReportShown }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<'answer' | 'note'>('answer')
  const [text, setText] = useState('')
  const [fileIds, setFileIds] = useState<string[]>([])
  const [isBusy, setIsBusy] = useState(false)
  const saying = useChange('report.say', { stale, quiet: true })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        saying.mutate({ reportId, kind, text, fileIds })
      }}
    >
      <NativeSelect
        label={t('report.sayAs')}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value === 'note' ? 'note' : 'answer')}
        data={(['answer', 'note'] as const).map((value) => ({ value, label: t(`report.kind.${value}`) }))}
      />
      <Textarea
        label={t('report.text')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        required
        withAsterisk={false}
        autosize
        minRows={2}
        maxLength={10_000}
      />
      <FileField label={t('report.files')} value={fileIds} onChange={setFileIds} onBusy={setIsBusy} />
      <Refused error={saying.error} />
      <Button type="submit" loading={saying.isPending} disabled={isBusy}>
        {t('report.say')}
      </Button>
    </form>
  )
}

/** How bad it is: the score comes from the vector. */
export function Assess({ report }: { report: ReportShown }) {
  const { t } = useTranslation()
  const [vector, setVector] = useState(report.vector ?? '')
  const [cve, setCve] = useState(report.cve ?? '')
  const assessing = useChange('report.assess', { stale, quiet: true })
  const { severity, score } = report
  return (
    <section className="section" aria-labelledby="assess">
      <h2 id="assess">{t('report.assess')}</h2>
      <p>
        {severity === null || score === null
          ? t('report.noScore')
          : t('report.score', { score: score.toFixed(1), severity: t(`report.severity.${severity}`) })}
      </p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          assessing.mutate({
            reportId: report.reportId,
            vector: vector.trim() === '' ? null : vector.trim(),
            cve: cve.trim() === '' ? null : cve.trim(),
          })
        }}
      >
        <TextInput
          label={t('report.vector')}
          description={t('report.vectorHint')}
          value={vector}
          onChange={(event) => setVector(event.currentTarget.value)}
          maxLength={300}
          autoComplete="off"
        />
        <TextInput
          label={t('advisory.fields.cve')}
          value={cve}
          onChange={(event) => setCve(event.currentTarget.value)}
          maxLength={30}
          autoComplete="off"
        />
        <Refused error={assessing.error} />
        <Button type="submit" variant="default" loading={assessing.isPending}>
          {t('report.save')}
        </Button>
      </form>
    </section>
  )
}

/** Who looks after it, and when it is made public. */
export function Plan({ report }: { report: ReportShown }) {
  const { t } = useTranslation()
  const list = useRead('report.list', {})
  const [owner, setOwner] = useState(report.owner?.accountId ?? '')
  const [discloseOn, setDiscloseOn] = useState(report.discloseOn ?? '')
  const assigning = useChange('report.assign', { stale, quiet: true })
  return (
    <section className="section" aria-labelledby="plan">
      <h2 id="plan">{t('report.plan')}</h2>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          assigning.mutate({
            reportId: report.reportId,
            ownerAccount: owner === '' ? null : owner,
            discloseOn: discloseOn === '' ? null : discloseOn,
          })
        }}
      >
        <NativeSelect
          label={t('report.ownerField')}
          value={owner}
          onChange={(event) => setOwner(event.currentTarget.value)}
          data={[
            { value: '', label: t('report.nobody') },
            ...(list.data?.people ?? []).map(({ accountId, name }) => ({ value: accountId, label: name })),
          ]}
        />
        <TextInput
          label={t('report.discloseField')}
          type="date"
          value={discloseOn}
          onChange={(event) => setDiscloseOn(event.currentTarget.value)}
        />
        <Refused error={assigning.error} />
        <Button type="submit" variant="default" loading={assigning.isPending}>
          {t('report.save')}
        </Button>
      </form>
    </section>
  )
}

/** Another secret link, for whoever lost theirs and showed who they are. */
export function NewLink({ report: { reportId } }: { report: ReportShown }) {
  const { t } = useTranslation()
  const making = useChange('report.link')
  return (
    <section className="section" aria-labelledby="link">
      <h2 id="link">{t('report.newLink')}</h2>
      <p>{t('report.newLinkText')}</p>
      {making.data ? (
        <p className="secret-link">
          <code>{making.data.link}</code>
        </p>
      ) : (
        <Button variant="default" loading={making.isPending} onClick={() => making.mutate({ reportId })}>
          {t('report.newLink')}
        </Button>
      )}
    </section>
  )
}
