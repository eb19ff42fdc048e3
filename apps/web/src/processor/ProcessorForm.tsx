import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { linesFrom, placesFrom } from './processor-view.ts'
import type { ProcessorView } from './processor-view.ts'

/** What is entered of a processor. */
export type Fields = Pick<
  ProcessorView,
  Texts | 'dataCategories' | 'places' | 'transfer' | 'contractOf' | 'links' | 'parentId' | 'isPublic'
>

/** Nothing known yet. */
export const emptyFields: Fields = {
  name: '',
  address: '',
  contactFunction: '',
  contactName: '',
  contactAt: '',
  purpose: '',
  services: '',
  dataCategories: [],
  places: [],
  placeNote: '',
  transfer: 'none',
  transferNote: '',
  contractOf: 'us',
  links: [],
  parentId: null,
  isPublic: true,
}

const transfers = ['none', 'adequacy', 'dpf', 'scc', 'bcr', 'code', 'certification', 'ad-hoc', 'derogation'] as const
const linkKinds = ['agreement', 'measures', 'sub-processors', 'proof', 'contact', 'status'] as const
type Texts =
  | 'name'
  | 'address'
  | 'contactFunction'
  | 'contactName'
  | 'contactAt'
  | 'purpose'
  | 'services'
  | 'placeNote'
  | 'transferNote'

/** What is recorded of a processor: added, or changed. */
export function ProcessorForm({
  begin,
  processors,
  label,
  isSending,
  error,
  onSend,
}: {
  begin: Fields
  processors: readonly ProcessorView[]
  label: string
  isSending: boolean
  error: Error | null
  onSend: (fields: Fields) => void
}) {
  const { t } = useTranslation()
  const [fields, setFields] = useState(begin)
  const [data, setData] = useState(begin.dataCategories.join('\n'))
  const [places, setPlaces] = useState(begin.places.join(', '))
  const set = (change: Partial<Fields>) => setFields({ ...fields, ...change })
  const text = (name: Texts, most: number, hint?: string) => (
    <TextInput
      label={t(`processor.field.${name}`)}
      description={hint}
      required={name === 'name'}
      withAsterisk={false}
      maxLength={most}
      value={fields[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        const links = fields.links.filter(({ url }) => url.trim() !== '')
        onSend({ ...fields, links, dataCategories: linesFrom(data), places: placesFrom(places) })
      }}
    >
      {text('name', 200)}
      {text('address', 500, t('processor.addressHint'))}
      {text('contactFunction', 200)}
      {text('contactName', 200, t('processor.contactHint'))}
      {text('contactAt', 300)}
      {text('purpose', 1_000)}
      {text('services', 1_000)}
      <Textarea
        label={t('processor.field.dataCategories')}
        description={t('processor.oneALine')}
        autosize
        minRows={2}
        value={data}
        onChange={(event) => setData(event.currentTarget.value)}
      />
      <TextInput
        label={t('processor.field.places')}
        description={t('processor.placesHint')}
        value={places}
        onChange={(event) => setPlaces(event.currentTarget.value)}
      />
      {text('placeNote', 500)}
      <NativeSelect
        label={t('processor.field.transfer')}
        value={fields.transfer}
        onChange={(event) => {
          const transfer = transfers.find((one) => one === event.currentTarget.value)
          if (transfer) set({ transfer })
        }}
        data={transfers.map((one) => ({ value: one, label: t(`processor.transfer.${one}`) }))}
      />
      {fields.transfer === 'none' ? null : text('transferNote', 1_000)}
      <NativeSelect
        label={t('processor.field.contractOf')}
        description={t('processor.contractHint')}
        value={fields.contractOf}
        onChange={(event) => set({ contractOf: event.currentTarget.value === 'customer' ? 'customer' : 'us' })}
        data={(['us', 'customer'] as const).map((one) => ({ value: one, label: t(`processor.contractOf.${one}`) }))}
      />
      <NativeSelect
        label={t('processor.field.parentId')}
        value={fields.parentId ?? ''}
        onChange={(event) => set({ parentId: event.currentTarget.value === '' ? null : event.currentTarget.value })}
        data={[
          { value: '', label: t('processor.engagedByUs') },
          ...processors
            .filter(({ state }) => state !== 'ended')
            .map((one) => ({ value: one.processorId, label: one.name })),
        ]}
      />
      <fieldset className="processor-links">
        <legend>{t('processor.field.links')}</legend>
        {linkKinds.map((kind) => (
          <TextInput
            key={kind}
            type="url"
            label={t(`processor.link.${kind}`)}
            maxLength={500}
            value={fields.links.find((one) => one.kind === kind)?.url ?? ''}
            onChange={(event) =>
              set({
                links: [
                  ...fields.links.filter((one) => one.kind !== kind),
                  { kind, url: event.currentTarget.value.trim() },
                ],
              })
            }
          />
        ))}
      </fieldset>
      <Checkbox
        label={t('processor.field.isPublic')}
        checked={fields.isPublic}
        onChange={(event) => set({ isPublic: event.currentTarget.checked })}
      />
      {error ? (
        <p role="alert" className="bad">
          {sentenceOf(error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={isSending}>
          {label}
        </Button>
      </div>
    </form>
  )
}
