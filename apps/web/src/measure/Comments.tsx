import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Said } from '../comment/Said.tsx'
import { SayForm } from '../comment/SayForm.tsx'

/** What people said about a measure, such as the advice of the data protection officer. */
export function Comments({ measureId }: { measureId: string }) {
  const { t } = useTranslation()
  const mayWrite = useMay('comment:write')
  const comments = useRead('comment.list', { measureId }).data?.comments ?? []
  const adding = useChange('measure.comment', { stale: ['comment.list', 'history.list'], quiet: true })
  if (comments.length === 0 && !mayWrite) return null
  return (
    <>
      <h3>{t('comment.title')}</h3>
      <ul className="said">
        {comments.map((comment) => (
          <li key={comment.commentId}>
            <Said comment={comment} />
          </li>
        ))}
      </ul>
      {mayWrite ? (
        <SayForm
          pending={adding.isPending}
          error={adding.error}
          onSay={(text, done) => adding.mutate({ measureId, text }, { onSuccess: done })}
        />
      ) : null}
    </>
  )
}
