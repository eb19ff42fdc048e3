import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'

/** Where somebody writes a comment. It is empty again once it was kept. */
export function SayForm({
  pending,
  error,
  onSay,
}: {
  pending: boolean
  error: Error | null
  /** @param done to be called once it was kept */
  onSay: (text: string, done: () => void) => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') onSay(text.trim(), () => setText(''))
      }}
    >
      <Textarea
        label={t('comment.add')}
        description={t('comment.hint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={error ? sentenceOf(error, t) : undefined}
        autosize
        minRows={2}
        maxLength={4_000}
      />
      <Button type="submit" size="compact-sm" loading={pending}>
        {t('comment.submit')}
      </Button>
    </form>
  )
}
