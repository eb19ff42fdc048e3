import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Problem } from '../api/problem.ts'
import { sentenceOf } from '../api/sentence.ts'

/** Why something could not be shown, with the trace to ask the operator about. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation()
  const trace = error instanceof Problem ? error.trace : null
  return (
    <div className="failure" role="alert">
      <p>
        <span className="bad" aria-hidden>
          ▲{' '}
        </span>
        {sentenceOf(error, t)}
      </p>
      {trace === null ? null : (
        <p className="note">
          {t('error.trace')} <code>{trace}</code>
        </p>
      )}
      {retry ? <Button onClick={retry}>{t('action.retry')}</Button> : null}
    </div>
  )
}
