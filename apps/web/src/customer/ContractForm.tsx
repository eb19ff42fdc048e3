import { Button, Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { catalogue } from '@art32/catalogue'
import { useChange, useRead } from '../api/use-api.ts'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Refusal } from './Refusal.tsx'
import { stale, today } from './words.ts'
import type { Contract } from './words.ts'

const periods = [
  ['subProcessorDays', 366],
  ['measureDays', 366],
  ['incidentHours', 720],
  ['forwardDays', 30],
  ['returnDays', 366],
] as const

/** What an agreement says: added, or changed. */
export function ContractForm({
  customerId,
  contract,
  onDone,
}: {
  customerId?: string
  contract?: Contract
  onDone: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const editions = useRead('edition.list', {}).data?.editions.filter(({ number }) => number !== null) ?? []
  const [title, setTitle] = useState(contract?.title ?? t('contract.usual'))
  const [from, setFrom] = useState(contract?.validFrom ?? today())
  const [until, setUntil] = useState(contract?.validUntil ?? '')
  const [edition, setEdition] = useState(contract?.edition ?? null)
  const [numbers, setNumbers] = useState({
    subProcessorDays: contract?.subProcessorDays ?? 30,
    measureDays: contract?.measureDays ?? 30,
    incidentHours: contract?.incidentHours ?? 24,
    forwardDays: contract?.forwardDays ?? 3,
    returnDays: contract?.returnDays ?? 30,
  })
  const [silence, setSilence] = useState(contract?.silenceConsents ?? false)
  const [measures, setMeasures] = useState<readonly string[]>(contract?.measures ?? [])
  const adding = useChange('contract.add', { stale, quiet: true, onDone })
  const changing = useChange('contract.change', { stale, quiet: true, onDone })
  const send = () => {
    const given = {
      title,
      validFrom: from,
      validUntil: until === '' ? null : until,
      edition,
      ...numbers,
      silenceConsents: silence,
      measures: [...measures],
    }
    if (contract) changing.mutate({ contractId: contract.contractId, revision: contract.revision, ...given })
    else if (customerId !== undefined) adding.mutate({ customerId, ...given })
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {contract?.confirmedAt ? <p className="note">{t('contract.confirmAgain')}</p> : null}
      <TextInput
        required
        maxLength={200}
        label={t('contract.title')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <div className="customer-pair">
        <TextInput
          type="date"
          required
          label={t('contract.from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('contract.until')}
          min={from}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      </div>
      <NativeSelect
        label={t('contract.edition')}
        description={t('contract.editionHint')}
        value={edition === null ? '' : String(edition)}
        onChange={(event) => setEdition(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
        data={[
          { value: '', label: t('contract.noEdition') },
          ...editions.map(({ number, madeAt }) => ({
            value: String(number),
            label: `${t('edition.number', { number })}, ${day(madeAt, language)}`,
          })),
        ]}
      />
      {periods.map(([name, most]) => (
        <NumberInput
          hideControls
          key={name}
          required
          label={t(`contract.period.${name}`)}
          min={name === 'incidentHours' ? 1 : 0}
          max={most}
          value={numbers[name]}
          onChange={(value) => setNumbers({ ...numbers, [name]: Number(value) })}
        />
      ))}
      <Checkbox
        label={t('contract.silence')}
        checked={silence}
        onChange={(event) => setSilence(event.currentTarget.checked)}
      />
      <NativeSelect
        label={t('contract.measures')}
        description={t('contract.measuresHint')}
        value={measures[0] ?? ''}
        onChange={(event) => setMeasures(event.currentTarget.value === '' ? [] : [event.currentTarget.value])}
        data={[
          { value: '', label: t('contract.noMeasures') },
          ...catalogue
            .filter(({ kind }) => kind === 'organisational')
            .map((one) => ({ value: one.id, label: one.title[language] })),
        ]}
      />
      <Refusal error={adding.error ?? changing.error} />
      <Button type="submit" variant="filled" loading={adding.isPending || changing.isPending}>
        {contract ? t('customer.save') : t('contract.add')}
      </Button>
    </form>
  )
}
