import { Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useTenant } from '../api/use-api.ts'
import { stale } from './incident-view.ts'

/** What somebody who works here reports. Who may read cases goes on in the new one. */
export function ReportForm() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const mayRead = useMay('ledger:read')
  const [title, setTitle] = useState('')
  const [description, setDescription] = useState('')
  const [isTold, setTold] = useState(false)
  const [sourceRef, setSourceRef] = useState('')
  const [number, setNumber] = useState<number | null>(null)
  const reporting = useChange('incident.report', {
    stale,
    quiet: true,
    onDone(made) {
      setNumber(made.number)
      if (mayRead) void navigate({ to: '/t/$slug/incident/$incidentId', params: { slug, incidentId: made.incidentId } })
    },
  })
  if (number !== null && !mayRead) return <p role="status">{t('incident.reported', { number })}</p>
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        reporting.mutate({
          title,
          description,
          source: isTold ? 'processor' : 'person',
          sourceRef: isTold && sourceRef !== '' ? sourceRef : null,
        })
      }}
    >
      <TextInput
        required
        minLength={3}
        maxLength={200}
        label={t('incident.what')}
        description={t('incident.whatHint')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        autosize
        minRows={4}
        maxLength={8_000}
        label={t('incident.more')}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <Checkbox
        label={t('incident.byProcessor')}
        checked={isTold}
        onChange={(event) => setTold(event.currentTarget.checked)}
      />
      {isTold ? (
        <TextInput
          maxLength={200}
          label={t('incident.processorName')}
          value={sourceRef}
          onChange={(event) => setSourceRef(event.currentTarget.value)}
        />
      ) : null}
      {reporting.error ? (
        <p role="alert" className="bad">
          {sentenceOf(reporting.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={reporting.isPending}>
          {t('incident.send')}
        </Button>
      </div>
    </form>
  )
}
