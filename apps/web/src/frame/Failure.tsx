import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Problem } from '../api/problem.ts'
import { sentenceOf } from '../api/sentence.ts'

/** Why something could not be shown; where asking again or the operator may help, with the way to it. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation()
  // Who has no right to see it gets none by asking again, and the operator's log knows no more than the sentence says.
  const isRefused = error instanceof Problem && error.status === 403
  const trace = error instanceof Problem && !isRefused ? error.trace : null
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
      {retry && !isRefused ? <Button onClick={retry}>{t('action.retry')}</Button> : null}
    </div>
  )
}
