import { Button, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { fromField, stale, toField } from './incident-view.ts'
import type { CaseView } from './incident-view.ts'

const texts = ['nature', 'peopleCategories', 'recordCategories', 'consequences', 'measures', 'contact'] as const
const numbers = ['people', 'records'] as const

/** What a notification has to say; what is not known yet stays empty and is told later. */
export function Described({ incident, onDone }: { incident: CaseView; onDone: () => void }) {
  const { t } = useTranslation()
  const [facts, setFacts] = useState(incident.facts)
  const saving = useChange('incident.describe', { stale, quiet: true, onDone })
  const set = (name: string, value: string | number | null) => setFacts({ ...facts, [name]: value })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate({ incidentId: incident.incidentId, facts })
      }}
    >
      <p className="quiet">{t('incident.describeLead')}</p>
      <TextInput
        type="datetime-local"
        label={t('incident.from')}
        value={toField(facts.from ?? null)}
        onChange={(event) => set('from', fromField(event.currentTarget.value))}
      />
      <TextInput
        type="datetime-local"
        label={t('incident.until')}
        value={toField(facts.until ?? null)}
        onChange={(event) => set('until', fromField(event.currentTarget.value))}
      />
      {texts.map((name) => (
        <Textarea
          key={name}
          autosize
          minRows={2}
          maxLength={name === 'contact' ? 1_000 : 2_000}
          label={t(`incident.fact.${name}`)}
          value={facts[name] ?? ''}
          onChange={(event) => set(name, event.currentTarget.value)}
        />
      ))}
      {numbers.map((name) => (
        <NumberInput
          hideControls
          key={name}
          min={0}
          label={t(`incident.fact.${name}`)}
          value={facts[name] ?? ''}
          onChange={(value) => set(name, value === '' ? null : Number(value))}
        />
      ))}
      {saving.error ? (
        <p role="alert" className="bad">
          {sentenceOf(saving.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={saving.isPending}>
          {t('incident.save')}
        </Button>
      </div>
    </form>
  )
}
