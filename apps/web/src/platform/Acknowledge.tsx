import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IncidentView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'

/** Says that the person at the screen saw an incident, and what it means here. */
export function Acknowledge({
  incident: { systemId, incident, standing },
  name,
}: {
  incident: IncidentView
  name: string
}) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [note, setNote] = useState('')
  const acknowledging = useChange('platform.acknowledge', {
    stale: ['platform.list', 'outcome.list', 'finding.list', 'connection.list', 'register.show'],
    quiet: true,
    onDone() {
      setNote('')
      setAsking(false)
    },
  })
  return (
    <>
      <Button size="compact-sm" onClick={() => setAsking(true)} aria-label={t('platform.acknowledgeOf', { name })}>
        {t('platform.acknowledge')}
      </Button>
      <Dialog title={t('platform.acknowledgeTitle')} opened={asking} onClose={() => setAsking(false)}>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            const said = note.trim()
            acknowledging.mutate({ systemId, incident, ...(said === '' ? {} : { note: said }) })
          }}
        >
          <p>
            <strong>{name}</strong>
          </p>
          <p>{t(standing === 'missed' ? 'platform.acknowledgeLate' : 'platform.acknowledgeText')}</p>
          <Textarea
            label={t('platform.note')}
            description={t('platform.noteHint')}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            autosize
            minRows={2}
            maxLength={1_000}
          />
          {acknowledging.error ? (
            <p className="field-problem" role="alert">
              {sentenceOf(acknowledging.error, t)}
            </p>
          ) : null}
          <div className="actions">
            <Button type="submit" variant="filled" loading={acknowledging.isPending}>
              {t('platform.acknowledge')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
