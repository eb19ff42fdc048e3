import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange } from '../api/use-api.ts'
import { Refused } from './Refused.tsx'
import type { AdvisoryShown } from './shown.ts'

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** The text of an advisory: what becomes its page and its CSAF. */
export function AdvisoryForm({ advisory: { advisoryId, draft, reportIds } }: { advisory: AdvisoryShown }) {
  const { t } = useTranslation()
  const [given, setGiven] = useState({ ...draft, cve: draft.cve ?? '', vector: draft.vector ?? '' })
  const [products, setProducts] = useState(
    draft.products.map(({ name, affected, fixed }) => ({
      name,
      affected: affected.join('\n'),
      fixed: fixed.join('\n'),
    })),
  )
  const [references, setReferences] = useState(
    draft.references.map(({ url, summary }) => `${url} ${summary}`).join('\n'),
  )
  const saving = useChange('advisory.change', { stale: ['advisory.show', 'advisory.list'], quiet: true })
  const field = (name: 'title' | 'summary' | 'details' | 'cve' | 'vector' | 'remedy' | 'workaround' | 'credit') => ({
    label: t(`advisory.fields.${name}`),
    value: given[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setGiven({ ...given, [name]: event.currentTarget.value }),
    withAsterisk: false,
  })
  const change = (index: number, part: Partial<(typeof products)[number]>) =>
    setProducts(products.map((one, at) => (at === index ? { ...one, ...part } : one)))
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate({
          advisoryId,
          reportIds,
          text: {
            ...given,
            cve: orNull(given.cve),
            vector: orNull(given.vector),
            products: products.map(({ name, affected, fixed }) => ({
              name,
              affected: linesOf(affected),
              fixed: linesOf(fixed),
            })),
            references: linesOf(references).map((line) => {
              const [url = '', ...words] = line.split(/\s+/)
              return { url, summary: words.join(' ') || url }
            }),
          },
        })
      }}
    >
      <NativeSelect
        label={t('advisory.fields.language')}
        value={given.language}
        onChange={(event) => setGiven({ ...given, language: event.currentTarget.value === 'de' ? 'de' : 'en' })}
        data={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
      />
      <TextInput {...field('title')} required maxLength={200} />
      <Textarea {...field('summary')} required autosize minRows={2} maxLength={5_000} />
      {products.map(({ name, affected, fixed }, index) => (
        <fieldset key={index} className="report-product">
          <legend>{t('advisory.product')}</legend>
          <TextInput
            label={t('advisory.product')}
            value={name}
            onChange={(event) => change(index, { name: event.currentTarget.value })}
            required
            withAsterisk={false}
            maxLength={200}
          />
          <Textarea
            label={t('advisory.affected')}
            value={affected}
            onChange={(event) => change(index, { affected: event.currentTarget.value })}
            autosize
          />
          <Textarea
            label={t('advisory.fixed')}
            value={fixed}
            onChange={(event) => change(index, { fixed: event.currentTarget.value })}
            autosize
          />
          {products.length > 1 ? (
            <button
              type="button"
              className="text-button"
              onClick={() => setProducts(products.filter((_, at) => at !== index))}
            >
              {t('advisory.removeProduct')}
            </button>
          ) : null}
        </fieldset>
      ))}
      <button
        type="button"
        className="text-button"
        onClick={() => setProducts([...products, { name: '', affected: '', fixed: '' }])}
      >
        {t('advisory.addProduct')}
      </button>
      <TextInput {...field('vector')} maxLength={300} autoComplete="off" />
      <TextInput {...field('cve')} maxLength={30} autoComplete="off" />
      <Textarea {...field('remedy')} autosize minRows={2} maxLength={5_000} />
      <Textarea {...field('workaround')} autosize minRows={2} maxLength={5_000} />
      <Textarea {...field('details')} autosize minRows={2} maxLength={20_000} />
      <Textarea
        label={t('advisory.references')}
        value={references}
        onChange={(event) => setReferences(event.currentTarget.value)}
        autosize
      />
      <TextInput {...field('credit')} maxLength={200} />
      <Refused error={saving.error} />
      <Button type="submit" variant="default" loading={saving.isPending}>
        {t('advisory.save')}
      </Button>
    </form>
  )
}
