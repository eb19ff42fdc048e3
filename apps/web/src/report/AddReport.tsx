import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange } from '../api/use-api.ts'
import { useLanguage } from '../language/use-language.ts'
import { Refused } from './Refused.tsx'

/** Writes down what came by mail or telephone. */
export function AddReport() {
  const { t } = useTranslation()
  const language = useLanguage()
  const [given, setGiven] = useState({ title: '', product: '', description: '', name: '', email: '', credit: '' })
  const [spoken, setSpoken] = useState<'en' | 'de'>(language)
  const adding = useChange('report.add', { stale: ['report.list'], quiet: true })
  const field = (name: keyof typeof given) => ({
    label: t(`report.fields.${name}`),
    value: given[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setGiven({ ...given, [name]: event.currentTarget.value }),
    withAsterisk: false,
  })
  if (adding.data)
    return (
      <>
        <p>{t('report.added', { number: adding.data.number })}</p>
        <p className="secret-link">
          <code>{adding.data.link}</code>
        </p>
      </>
    )
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        adding.mutate({ ...given, language: spoken })
      }}
    >
      <p>{t('report.addLead')}</p>
      <TextInput {...field('title')} required maxLength={200} />
      <TextInput {...field('product')} maxLength={200} />
      <Textarea {...field('description')} required autosize minRows={4} maxLength={20_000} />
      <NativeSelect
        label={t('report.fields.language')}
        value={spoken}
        onChange={(event) => setSpoken(event.currentTarget.value === 'de' ? 'de' : 'en')}
        data={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
      />
      <TextInput {...field('name')} maxLength={200} />
      <TextInput {...field('email')} type="email" maxLength={254} />
      <TextInput {...field('credit')} maxLength={200} />
      <Refused error={adding.error} />
      <Button type="submit" loading={adding.isPending}>
        {t('report.add')}
      </Button>
    </form>
  )
}
