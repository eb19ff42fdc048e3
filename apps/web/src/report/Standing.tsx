import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

type Line = Output<'report.list'>['reports'][number]

/** Whether nothing more is to be done. */
export function isOver({ state }: Line): boolean {
  return state === 'disclosed' || state === 'not-a-vulnerability' || state === 'duplicate'
}

/** How a report stands, in two lines at most. */
export function Standing({ report }: { report: Line }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { number, state, product, severity, score, acknowledgedAt, acknowledgeBy, isLate, discloseOn, owner } = report
  const parts = [
    t('report.number', { number }),
    t(`report.state.${state}`),
    ...(product === '' ? [] : [product]),
    ...(severity === null || score === null
      ? []
      : [t('report.score', { score: score.toFixed(1), severity: t(`report.severity.${severity}`) })]),
    ...(owner === null ? [] : [t('report.owner', { name: owner.name })]),
    ...(acknowledgedAt !== null || isLate ? [] : [t('report.acknowledgeBy', { day: day(acknowledgeBy, language) })]),
    ...(discloseOn === null || isOver(report) ? [] : [t('report.discloseOn', { day: day(discloseOn, language) })]),
  ]
  return (
    <>
      <p>{parts.join(' · ')}</p>
      {isLate ? <p className="bad">{t('report.late', { day: day(acknowledgeBy, language) })}</p> : null}
      {report.nextDeadline ? (
        <p className="bad">
          {t('report.next', {
            stage: t(`report.stage.${report.nextDeadline.stage}`),
            moment: moment(report.nextDeadline.dueAt, language),
          })}
        </p>
      ) : null}
    </>
  )
}
