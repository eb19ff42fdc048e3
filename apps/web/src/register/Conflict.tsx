import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MeasureView, StatementView } from '../api/api.ts'

/** Somebody else changed the line meanwhile: theirs is shown, and the writer says which one it is to be. */
export function Conflict({
  statement,
  measure,
  onTheirs,
  onMine,
}: {
  statement: StatementView
  measure: MeasureView
  onTheirs: () => void
  onMine: () => void
}) {
  const { t } = useTranslation()
  return (
    <div className="aside-note" role="alert">
      <p>
        <strong>{t('line.conflict')}</strong>
      </p>
      <blockquote className="conflict-text">{statement.text}</blockquote>
      <p className="note quiet">
        {[
          t(`status.${statement.status}`),
          measure.owner ?? t('measure.nobody'),
          t(`guarantor.${measure.guarantor}`),
          t(`visibility.${measure.visibility}`),
        ].join(' · ')}
      </p>
      <div className="actions">
        <Button size="compact-sm" onClick={onTheirs}>
          {t('line.theirs')}
        </Button>
        <Button size="compact-sm" onClick={onMine}>
          {t('line.mine')}
        </Button>
      </div>
    </div>
  )
}
