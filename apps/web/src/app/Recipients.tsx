import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { BothField } from './BothField.tsx'
import { newRecipient, withEntry } from './app.ts'
import type { Choices, Facts, Recipient } from './app.ts'

const transfers = ['none', 'adequacy', 'dpf', 'scc', 'bcr', 'code', 'certification', 'derogation'] as const

/** Who receives data: processors of the register, and others. */
export function Recipients({
  facts: { recipients, noRecipients },
  processors,
  onChange,
}: {
  facts: Facts
  processors: Choices['processors']
  onChange: (some: Partial<Facts>) => void
}) {
  const { t } = useTranslation()
  const put = (all: Recipient[]) => onChange({ recipients: all, ...(all.length > 0 ? { noRecipients: false } : {}) })
  return (
    <>
      <h3>{t('app.recipients')}</h3>
      {recipients.map((recipient, index) => (
        <RecipientFields
          // The place is all that tells two new ones apart.
          key={index}
          number={index + 1}
          recipient={recipient}
          processors={processors}
          onChange={(entry) => put(withEntry(recipients, index, entry))}
        />
      ))}
      {recipients.length === 0 ? (
        <Checkbox
          label={t('app.noRecipients')}
          checked={noRecipients}
          onChange={(event) => onChange({ noRecipients: event.currentTarget.checked })}
        />
      ) : null}
      <p className="actions">
        <Button size="compact-sm" onClick={() => put([...recipients, newRecipient])}>
          {t('app.addRecipient')}
        </Button>
      </p>
    </>
  )
}

function RecipientFields({
  number,
  recipient,
  processors,
  onChange,
}: {
  number: number
  recipient: Recipient
  processors: Choices['processors']
  onChange: (recipient: Recipient | null) => void
}) {
  const { t } = useTranslation()
  const put = (some: Partial<Recipient>) => onChange({ ...recipient, ...some })
  return (
    <fieldset className="app-entry">
      <legend>{t('app.recipient', { number })}</legend>
      <NativeSelect
        label={t('app.who')}
        description={t('app.whoHint')}
        value={recipient.processorId ?? ''}
        onChange={({ currentTarget: { value } }) => put({ processorId: value === '' ? null : value })}
        data={[
          { value: '', label: t('app.somebodyElse') },
          ...processors.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {recipient.processorId === null ? (
        <>
          <BothField
            label={t('app.recipientName')}
            value={recipient.name}
            onChange={(name) => put({ name })}
            most={300}
          />
          <div className="customer-pair">
            <TextInput
              maxLength={2}
              pattern="[A-Z]{2}"
              label={t('app.country')}
              description={t('app.countryHint')}
              value={recipient.country}
              onChange={(event) => put({ country: event.currentTarget.value.toUpperCase() })}
            />
            <NativeSelect
              label={t('app.transfer')}
              value={recipient.transfer}
              onChange={({ currentTarget: { value } }) =>
                put({ transfer: transfers.find((one) => one === value) ?? 'none' })
              }
              data={transfers.map((value) => ({ value, label: t(`app.transfers.${value}`) }))}
            />
          </div>
        </>
      ) : null}
      <p className="actions">
        <Button size="compact-sm" onClick={() => onChange(null)}>
          {t('app.removeRecipient', { number })}
        </Button>
      </p>
    </fieldset>
  )
}
