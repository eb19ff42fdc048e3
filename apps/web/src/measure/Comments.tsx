import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** What people said about a measure, such as the advice of the data protection officer. */
export function Comments({ measureId }: { measureId: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('comment:write')
  const comments = useRead('comment.list', { measureId }).data?.comments ?? []
  const withdrawing = useChange('comment.withdraw', { stale: ['comment.list', 'history.list'] })
  if (comments.length === 0 && !mayWrite) return null
  return (
    <>
      <h3>{t('comment.title')}</h3>
      <ul className="said">
        {comments.map(({ commentId, at, name, isOwn, text }) => (
          <li key={commentId}>
            <p className={text === null ? 'quiet' : undefined}>{text ?? t('comment.withdrawn')}</p>
            <p className="note quiet">
              {name ?? t('comment.somebody')} · {moment(at, language)}{' '}
              {isOwn && text !== null ? (
                <button type="button" className="text-button" onClick={() => withdrawing.mutate({ commentId })}>
                  {t('comment.withdraw')}
                </button>
              ) : null}
            </p>
          </li>
        ))}
      </ul>
      {mayWrite ? <Write measureId={measureId} /> : null}
    </>
  )
}

function Write({ measureId }: { measureId: string }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const adding = useChange('measure.comment', {
    stale: ['comment.list', 'history.list'],
    quiet: true,
    onDone: () => setText(''),
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') adding.mutate({ measureId, text: text.trim() })
      }}
    >
      <Textarea
        label={t('comment.add')}
        description={t('comment.hint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={adding.error ? sentenceOf(adding.error, t) : undefined}
        autosize
        minRows={2}
        maxLength={4_000}
      />
      <Button type="submit" size="compact-sm" loading={adding.isPending}>
        {t('comment.submit')}
      </Button>
    </form>
  )
}
