import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomQuestion, RoomView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** The questions about one line, or in general, with their answers. */
export function Questions({ room, lineId }: { room: RoomView; lineId: string | null }) {
  const { t } = useTranslation()
  const mayAnswer = useMay('room:write') && room.closedAt === null
  const questions = room.questions.filter((question) => question.lineId === lineId)
  const answering = useChange('room.answer', { stale: ['room.show'], quiet: true })
  return (
    <ul className="said">
      {questions.map((question) => (
        <li key={question.messageId}>
          <Said room={room} message={question} />
          <ul className="said">
            {question.answers.map((answer) => (
              <li key={answer.messageId}>
                <Said room={room} message={answer} />
              </li>
            ))}
          </ul>
          {mayAnswer ? (
            <Write
              label={t('room.answer')}
              submit={t('room.answerSubmit')}
              pending={answering.isPending}
              problem={answering.error ? sentenceOf(answering.error, t) : undefined}
              onSubmit={(text) =>
                answering.mutateAsync({ roomId: room.roomId, questionId: question.messageId, text }).then(
                  () => true,
                  () => false,
                )
              }
            />
          ) : null}
        </li>
      ))}
    </ul>
  )
}

type Message = Omit<RoomQuestion, 'answers' | 'lineId'>

function Said({ room, message }: { room: RoomView; message: Message }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const withdrawing = useChange('room.withdraw', { stale: ['room.show'] })
  const { messageId, text, name, at, isOwn, isGuest } = message
  return (
    <>
      <p className={text === null ? 'quiet' : undefined}>{text ?? t('comment.withdrawn')}</p>
      <p className="note quiet">
        {name ?? t('comment.somebody')}
        {isGuest ? ` (${t('role.guest')})` : ''} · {moment(at, language)}{' '}
        {isOwn && text !== null && room.closedAt === null ? (
          <button
            type="button"
            className="text-button"
            onClick={() => withdrawing.mutate({ roomId: room.roomId, messageId })}
          >
            {t('comment.withdraw')}
          </button>
        ) : null}
      </p>
    </>
  )
}

/** A guest asks about a line, or in general. */
export function Ask({ room, lineId }: { room: RoomView; lineId?: string }) {
  const { t } = useTranslation()
  const mayAsk = useMay('room:ask')
  const asking = useChange('room.ask', { stale: ['room.show'], quiet: true })
  if (!mayAsk) return null
  return (
    <Write
      label={t(lineId === undefined ? 'room.ask' : 'room.askLine')}
      submit={t('room.askSubmit')}
      pending={asking.isPending}
      problem={asking.error ? sentenceOf(asking.error, t) : undefined}
      onSubmit={(text) =>
        asking.mutateAsync({ roomId: room.roomId, text, ...(lineId === undefined ? {} : { lineId }) }).then(
          () => true,
          () => false,
        )
      }
    />
  )
}

function Write({
  label,
  submit,
  pending,
  problem,
  onSubmit,
}: {
  label: string
  submit: string
  pending: boolean
  problem: string | undefined
  /** Says whether it was taken; only then the field is emptied. */
  onSubmit: (text: string) => Promise<boolean>
}) {
  const [text, setText] = useState('')
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() === '') return
        void onSubmit(text.trim()).then((taken) => {
          if (taken) setText('')
        })
      }}
    >
      <Textarea
        label={label}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problem}
        autosize
        minRows={2}
        maxLength={4_000}
      />
      <Button type="submit" size="compact-sm" loading={pending}>
        {submit}
      </Button>
    </form>
  )
}
