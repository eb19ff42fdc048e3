import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange } from '../api/use-api.ts'
import { Refusal } from '../customer/Refusal.tsx'
import { useLanguage } from '../language/use-language.ts'
import { BothField } from './BothField.tsx'
import { Categories } from './Categories.tsx'
import { Purposes } from './Purposes.tsx'
import { Recipients } from './Recipients.tsx'
import { stale } from './app.ts'
import type { Choices, Facts } from './app.ts'

/** Every fact of an app, in the order of the notice. Gaps may stay: a draft need not be complete. */
export function FactsForm({
  appId,
  revision,
  first,
  choices,
  onDone,
}: {
  appId: string
  revision: number
  first: Facts
  choices: Choices
  onDone: () => void
}) {
  const { t } = useTranslation()
  const [facts, setFacts] = useState(first)
  const saving = useChange('app.change', { stale, quiet: true, onDone })
  const put = (some: Partial<Facts>) => setFacts({ ...facts, ...some })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate({ appId, revision, facts })
      }}
    >
      <p className="note quiet">{t('app.factsHint')}</p>
      <BothField label={t('app.name')} value={facts.name} onChange={(name) => put({ name })} most={120} />
      <BothField label={t('app.about')} value={facts.about} onChange={(about) => put({ about })} />
      <TextInput
        maxLength={300}
        label={t('app.address')}
        value={facts.address}
        onChange={(event) => put({ address: event.currentTarget.value })}
      />
      <Purposes purposes={facts.purposes} activities={choices.activities} onChange={(purposes) => put({ purposes })} />
      <Categories categories={facts.categories} onChange={(categories) => put({ categories })} />
      <Recipients facts={facts} processors={choices.processors} onChange={put} />
      <Rest facts={facts} choices={choices} onChange={put} />
      <Refusal error={saving.error} />
      <Button type="submit" variant="filled" loading={saving.isPending}>
        {t('app.save')}
      </Button>
    </form>
  )
}

function Rest({
  facts,
  choices,
  onChange,
}: {
  facts: Facts
  choices: Choices
  onChange: (some: Partial<Facts>) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const countries = new Intl.DisplayNames([language], { type: 'region', fallback: 'code' })
  return (
    <>
      <h3>{t('app.further')}</h3>
      <NativeSelect
        label={t('app.authority')}
        value={facts.authority}
        onChange={(event) => onChange({ authority: event.currentTarget.value })}
        data={[
          { value: '', label: t('app.choose') },
          ...choices.authorities.map(({ id, name, area, country }) => ({
            value: id,
            label: [countries.of(country) ?? country, area, name].filter(Boolean).join(' · '),
          })),
        ]}
      />
      <Checkbox
        label={t('app.noOfficer')}
        checked={facts.noOfficer}
        onChange={(event) => onChange({ noOfficer: event.currentTarget.checked })}
      />
      <NativeSelect
        label={t('app.automated')}
        value={facts.automated === null ? '' : facts.automated ? 'yes' : 'no'}
        onChange={({ currentTarget: { value } }) => onChange({ automated: value === '' ? null : value === 'yes' })}
        data={[
          { value: '', label: t('app.choose') },
          { value: 'no', label: t('app.no') },
          { value: 'yes', label: t('app.yes') },
        ]}
      />
      {facts.automated === true ? (
        <BothField label={t('app.logic')} value={facts.logic} onChange={(logic) => onChange({ logic })} most={2_000} />
      ) : null}
    </>
  )
}
