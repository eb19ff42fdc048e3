import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { useLanguage } from '../language/use-language.ts'

type Templates = Output<'guideline.templates'>['templates']

/** Makes a guideline from a template or from a text of one's own. */
export function NewGuideline() {
  const templates = useRead('guideline.templates', {})
  return <Loaded read={templates}>{(found) => <Form templates={found.templates} />}</Loaded>
}

function Form({ templates }: { templates: Templates }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const [template, setTemplate] = useState<string>(templates[0]?.template ?? '')
  const [wanted, setWanted] = useState<'en' | 'de'>(language)
  const [texts, setTexts] = useState({ title: '', body: '', contact: '', privacyContact: '' })
  const creating = useChange('guideline.create', {
    stale: ['guideline.list'],
    quiet: true,
    onDone: ({ guidelineId }) =>
      void navigate({ to: '/t/$slug/guideline/$guidelineId', params: { slug, guidelineId } }),
  })
  const chosen = templates.find((one) => one.template === template)
  const field = (name: keyof typeof texts) => ({
    value: texts[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setTexts({ ...texts, [name]: event.currentTarget.value }),
  })
  const given = Object.fromEntries(
    Object.entries(texts).filter(([name, text]) => text.trim() !== '' && (!chosen || name.endsWith('ontact'))),
  )
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        creating.mutate({ ...given, language: wanted, ...(chosen ? { template: chosen.template } : {}) })
      }}
    >
      <NativeSelect
        label={t('guideline.template')}
        description={chosen?.about[language]}
        value={template}
        onChange={(event) => setTemplate(event.currentTarget.value)}
        data={[
          ...templates.map((one) => ({ value: one.template, label: one.title[language] })),
          { value: '', label: t('guideline.ownText') },
        ]}
      />
      <NativeSelect
        label={t('guideline.language')}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value === 'de' ? 'de' : 'en')}
        data={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
      />
      {chosen ? (
        <>
          <TextInput
            label={t('guideline.contact')}
            description={t('guideline.contactHint')}
            maxLength={100}
            {...field('contact')}
          />
          <TextInput label={t('guideline.privacyContact')} maxLength={100} {...field('privacyContact')} />
        </>
      ) : (
        <>
          <TextInput
            label={t('guideline.name')}
            required
            withAsterisk={false}
            minLength={3}
            maxLength={200}
            {...field('title')}
          />
          <Textarea
            label={t('guideline.text')}
            description={t('guideline.textHint')}
            required
            withAsterisk={false}
            minLength={20}
            maxLength={50_000}
            autosize
            minRows={6}
            {...field('body')}
          />
        </>
      )}
      {creating.error ? (
        <p role="alert" className="bad">
          {sentenceOf(creating.error, t)}
        </p>
      ) : null}
      <Button type="submit" loading={creating.isPending}>
        {t('guideline.create')}
      </Button>
    </form>
  )
}
