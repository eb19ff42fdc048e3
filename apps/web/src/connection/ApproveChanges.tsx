import { Button, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FactChangeView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'

/** Says that a change was meant; what is approved is the state, so that earlier changes of the same part go with it. */
export function ApproveChanges({ change }: { change: FactChangeView }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [note, setNote] = useState('')
  const [ticket, setTicket] = useState('')
  const approving = useChange('fact.approve', {
    stale: ['fact.changes', 'connection.list', 'outcome.list', 'finding.list', 'register.show'],
    quiet: true,
    onDone: () => setAsking(false),
  })
  const title = t('changes.approveOf', { name: change.systemName, part: change.part })
  return (
    <>
      <Button size="compact-sm" aria-label={title} onClick={() => setAsking(true)}>
        {t('changes.approve')}
      </Button>
      <Dialog title={title} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('changes.approveText')}</p>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            approving.mutate({
              changeIds: [change.id],
              note: note.trim(),
              ...(ticket.trim() === '' ? {} : { ticket: ticket.trim() }),
            })
          }}
        >
          <Textarea
            label={t('changes.note')}
            autosize
            minRows={2}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            error={approving.error ? sentenceOf(approving.error, t) : undefined}
            required
            withAsterisk={false}
          />
          <TextInput
            label={t('changes.ticket')}
            description={t('changes.ticketHint')}
            value={ticket}
            onChange={(event) => setTicket(event.currentTarget.value)}
            autoComplete="off"
          />
          <div className="actions">
            <Button type="submit" variant="filled" loading={approving.isPending} disabled={note.trim().length < 3}>
              {t('changes.approve')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
