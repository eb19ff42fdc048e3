import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { bytesIn, count, day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Columns } from './ReportShown.tsx'
import './shield.css'

type Job = Output<'shield.job_show'>

/** A folder of objects on its way through the shield: how far it is, what failed and why, and the sum. */
export function JobPage() {
  const { jobId = '' } = useParams({ strict: false })
  const read = useRead('shield.job_show', { jobId }, { refetchInterval: 3_000 })
  return <Loaded read={read}>{(job) => <Shown job={job} />}</Loaded>
}

function Shown({ job }: { job: Job }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { state, problem, input, output, storeName, planName, planVersion, report, at } = job
  const all = job.done + job.failed + job.waiting
  const isUnderWay = state === 'listing' || state === 'running'
  return (
    <Page
      title={t('shieldJob.way', { input, output })}
      over={day(job.startedAt, language)}
      lead={t('shieldJob.by', { store: storeName, plan: planName, version: planVersion })}
    >
      <p role="status">
        {t(`shieldJob.state.${state}`)}
        {'. '}
        {t('shieldJob.counts', { done: job.done, failed: job.failed, all })}.
      </p>
      {isUnderWay ? (
        <progress
          aria-label={t('shieldJob.progress')}
          max={1}
          {...(job.bytesAll > 0 ? { value: (job.bytesDone + (at?.bytes ?? 0)) / job.bytesAll } : {})}
        />
      ) : null}
      {at === null ? null : (
        <p className="note quiet">{t('shieldJob.at', { key: at.key, size: bytesIn(at.bytes, language) })}</p>
      )}
      {problem === null ? null : (
        <p role="alert" className="bad">
          {isUnderWay ? t('shieldJob.waits', { why: problem[language] }) : problem[language]}
        </p>
      )}
      <Actions job={job} isUnderWay={isUnderWay} />
      {report === null ? null : (
        <section className="shield-report">
          <h2>{t('shieldJob.sum')}</h2>
          <p>
            {t('shieldJob.sumText', {
              objects: count(report.objects, language),
              records: count(report.records, language),
              sizeIn: bytesIn(report.bytesIn, language),
              sizeOut: bytesIn(report.bytesOut, language),
            })}
          </p>
          <Columns columns={report.columns} />
        </section>
      )}
      <Objects job={job} all={all} />
    </Page>
  )
}

function Actions({ job: { jobId, state, waiting, failed }, isUnderWay }: { job: Job; isUnderWay: boolean }) {
  const { t } = useTranslation()
  const stale = ['shield.job_show', 'shield.job_list'] as const
  const cancelling = useChange('shield.job_cancel', { stale })
  const resuming = useChange('shield.job_resume', { stale })
  const mayResume = !isUnderWay && (state !== 'done' || waiting + failed > 0)
  return (
    <div className="actions">
      {isUnderWay ? (
        <Button loading={cancelling.isPending} onClick={() => cancelling.mutate({ jobId })}>
          {t('shieldJob.cancel')}
        </Button>
      ) : null}
      {mayResume ? (
        <Button variant="filled" loading={resuming.isPending} onClick={() => resuming.mutate({ jobId })}>
          {t('shieldJob.resume')}
        </Button>
      ) : null}
    </div>
  )
}

function Objects({ job: { objects }, all }: { job: Job; all: number }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <section className="shield-earlier">
      <h2>{t('shieldJob.objects')}</h2>
      {objects.length === 0 ? <p>{t('shieldJob.noObjects')}</p> : null}
      {objects.length < all ? <p className="note quiet">{t('shieldJob.some', { some: objects.length, all })}</p> : null}
      <ul className="rows">
        {objects.map((one) => (
          <li key={one.key} className="row">
            <div className="row-main">
              <h3 className="row-title">{one.key}</h3>
              {one.problem === null ? (
                <p className="note quiet">
                  {one.records === null
                    ? t('shieldJob.object.waiting', { size: bytesIn(one.bytes, language) })
                    : t('shieldJob.object.done', {
                        records: count(one.records, language),
                        size: bytesIn(one.bytesOut ?? 0, language),
                        output: one.outputKey,
                        warnings: one.warnings ?? 0,
                      })}
                </p>
              ) : (
                <p className="bad">{one.problem[language]}</p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
