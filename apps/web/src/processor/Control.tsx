import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange, useRead } from '../api/use-api.ts'
import { stale } from './processor-view.ts'
import type { ProofView } from './processor-view.ts'

/** What a report leaves to its users, and by which line or how the tenant does it. */
export function Control({ control, mayWrite }: { control: ProofView['controls'][number]; mayWrite: boolean }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const lines = useLines(control.statementId !== null || opened)
  const line = lines.find(({ id }) => id === control.statementId)
  return (
    <>
      <p>{control.text}</p>
      {control.answeredAt === null ? (
        <p className="note bad">{t('processor.unanswered')}</p>
      ) : (
        <p className="note">{[line?.text ?? '', control.answer].filter((text) => text !== '').join(' · ')}</p>
      )}
      {mayWrite ? (
        <button type="button" className="text-button" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {t('processor.answer')}
        </button>
      ) : null}
      {opened ? <Answer control={control} lines={lines} onDone={() => setOpened(false)} /> : null}
    </>
  )
}

/** The lines of the register that promise something. */
export function useLines(enabled: boolean): readonly { readonly id: string; readonly text: string }[] {
  const register = useRead('register.show', {}, { enabled })
  return (register.data?.statements ?? []).filter(({ measure }) => measure !== null && measure.ignored === null)
}

function Answer({
  control,
  lines,
  onDone,
}: {
  control: ProofView['controls'][number]
  lines: readonly { readonly id: string; readonly text: string }[]
  onDone: () => void
}) {
  const { t } = useTranslation()
  const [statementId, setLine] = useState(control.statementId ?? '')
  const [answer, setAnswer] = useState(control.answer)
  const answering = useChange('processor.answer_control', { stale, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        const { controlId } = control
        answering.mutate({ controlId, statementId: statementId === '' ? null : statementId, answer })
      }}
    >
      <NativeSelect
        label={t('processor.answeredBy')}
        value={statementId}
        onChange={(event) => setLine(event.currentTarget.value)}
        data={[
          { value: '', label: t('processor.noLine') },
          ...lines.map(({ id, text }) => ({ value: id, label: text })),
        ]}
      />
      <TextInput
        maxLength={1_000}
        label={t('processor.answerText')}
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
      <Button type="submit" loading={answering.isPending}>
        {t('processor.save')}
      </Button>
    </form>
  )
}
