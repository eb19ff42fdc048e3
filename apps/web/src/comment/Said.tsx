import { useTranslation } from 'react-i18next'
import type { CommentView } from '../api/api.ts'
import { useChange } from '../api/use-api.ts'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** What one person said, with name and time; one's own can be taken back. */
export function Said({ comment }: { comment: CommentView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const withdrawing = useChange('comment.withdraw', {
    stale: ['comment.list', 'history.list', 'finding.history', 'finding.list'],
  })
  const { commentId, at, name, isOwn, text } = comment
  return (
    <>
      <p className={text === null ? 'quiet' : undefined}>{text ?? t('comment.withdrawn')}</p>
      <p className="note quiet">
        {name ?? t('comment.somebody')} · {moment(at, language)}{' '}
        {isOwn && text !== null ? (
          <button type="button" className="text-button" onClick={() => withdrawing.mutate({ commentId })}>
            {t('comment.withdraw')}
          </button>
        ) : null}
      </p>
    </>
  )
}
