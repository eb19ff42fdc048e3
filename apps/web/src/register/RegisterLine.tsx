import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { assuranceSigns } from '@art32/press'
import type { MeasureView, StatementView } from '../api/api.ts'
import { Sign } from '../frame/Sign.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** One line of the document, with what backs it in the margin. Its button reaches over the whole line. */
export const RegisterLine = memo(function RegisterLine({
  statement,
  opened,
  onOpen,
}: {
  statement: StatementView
  opened: boolean
  onOpen: (id: string) => void
}) {
  const { measure } = statement
  if (measure === null || measure.ignored !== null) {
    return (
      <li className="line line-plain">
        <p>{statement.text}</p>
      </li>
    )
  }
  return (
    <li className="line" data-opened={opened}>
      <p>{statement.text}</p>
      <Margin statement={statement} measure={measure} opened={opened} onOpen={onOpen} />
    </li>
  )
})

/** When it was proven, when the proof ended, or when somebody last looked. */
function When({ measure: { assurance, checkedAt, freshUntil } }: { measure: MeasureView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (checkedAt === null) return null
  if (assurance === 'lapsed' && freshUntil !== null)
    return <span className="when">{t('document.endedOn', { day: day(freshUntil, language) })}</span>
  return (
    <span className="when">
      {t(assurance === 'verified' ? 'document.provenOn' : 'document.lookedOn', { day: day(checkedAt, language) })}
    </span>
  )
}

function Margin({
  statement,
  measure,
  opened,
  onOpen,
}: {
  statement: StatementView
  measure: MeasureView
  opened: boolean
  onOpen: (id: string) => void
}) {
  const { t, i18n } = useTranslation()
  const language = useLanguage()
  return (
    <div className="proof" lang={i18n.language}>
      <button
        type="button"
        id={`proof-${statement.id}`}
        aria-expanded={opened}
        aria-label={t('document.openProof', {
          assurance: assuranceSigns[measure.assurance].word[language],
          text: statement.text,
        })}
        onClick={() => onOpen(statement.id)}
      >
        <Sign sign={assuranceSigns[measure.assurance]} />
      </button>
      <When measure={measure} />
      {measure.exception === null ? null : (
        <span className="when">{t('exception.short', { day: day(measure.exception.until, language) })}</span>
      )}
      {measure.guarantor === 'us' ? null : <span className="when">{t(`guarantor.${measure.guarantor}`)}</span>}
      {measure.discovered === null ? null : <span className="when">{measure.discovered[language]}</span>}
      {measure.next === 'none' ? null : <span className="when next">{t(`next.${measure.next}`)}</span>}
    </div>
  )
}
