import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange, useTenant } from '../api/use-api.ts'
import { useLanguage } from '../language/use-language.ts'
import { Refusal } from './Refusal.tsx'
import { stale } from './words.ts'
import type { CustomerShown } from './words.ts'

/** Who a customer is and whom to tell: added, or changed. */
export function CustomerForm({ customer, onDone }: { customer?: CustomerShown['customer']; onDone: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const [texts, setTexts] = useState({
    name: customer?.name ?? '',
    reference: customer?.reference ?? '',
    address: customer?.address ?? '',
    contactName: customer?.contactName ?? '',
    contactEmail: customer?.contactEmail ?? '',
    representative: customer?.representative ?? '',
    dpo: customer?.dpo ?? '',
  })
  const [spoken, setSpoken] = useState<'en' | 'de'>(customer?.language ?? language)
  const adding = useChange('customer.add', {
    stale,
    quiet: true,
    onDone: ({ customerId }) => {
      onDone()
      void navigate({ to: '/t/$slug/customer/$customerId', params: { slug, customerId } })
    },
  })
  const changing = useChange('customer.change', { stale, quiet: true, onDone })
  const field = (name: keyof typeof texts) => ({
    label: t(`customer.field.${name}`),
    value: texts[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setTexts({ ...texts, [name]: event.currentTarget.value }),
  })
  const send = () => {
    const given = { ...texts, contactEmail: texts.contactEmail.trim() === '' ? null : texts.contactEmail.trim() }
    if (customer)
      changing.mutate({
        customerId: customer.customerId,
        revision: customer.revision,
        language: spoken,
        ...given,
      })
    else adding.mutate({ language: spoken, ...given })
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <TextInput required maxLength={200} {...field('name')} />
      <TextInput maxLength={60} description={t('customer.referenceHint')} {...field('reference')} />
      <Textarea autosize minRows={2} maxLength={500} {...field('address')} />
      <TextInput maxLength={200} {...field('contactName')} />
      <TextInput type="email" maxLength={320} description={t('customer.emailHint')} {...field('contactEmail')} />
      <NativeSelect
        label={t('customer.field.language')}
        value={spoken}
        onChange={(event) => setSpoken(event.currentTarget.value === 'de' ? 'de' : 'en')}
        data={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
      />
      <Textarea autosize minRows={1} maxLength={500} {...field('dpo')} />
      <Textarea
        autosize
        minRows={1}
        maxLength={500}
        description={t('customer.representativeHint')}
        {...field('representative')}
      />
      <Refusal error={adding.error ?? changing.error} />
      <Button type="submit" variant="filled" loading={adding.isPending || changing.isPending}>
        {customer ? t('customer.save') : t('customer.add')}
      </Button>
    </form>
  )
}
