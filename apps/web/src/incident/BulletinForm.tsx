import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { useLanguage } from '../language/use-language.ts'
import { staleBulletin } from './incident-view.ts'
import type { BulletinView } from './incident-view.ts'

const states = ['investigating', 'contained', 'resolved'] as const
const audiences = ['public', 'subscribers'] as const
const empty = { title: '', happened: '', advice: '', change: '' }
type Words = typeof empty

/** Writes the draft; nothing of the case stands in it by itself. */
export function BulletinForm({
  incidentId,
  bulletin,
  onDone,
}: {
  incidentId: string
  bulletin: BulletinView | null
  onDone: () => void
}) {
  const { t } = useTranslation()
  const own = useLanguage()
  const languages = own === 'de' ? (['de', 'en'] as const) : (['en', 'de'] as const)
  const [audience, setAudience] = useState(bulletin?.audience ?? 'public')
  const [state, setState] = useState(bulletin?.draft.state ?? 'investigating')
  const [texts, setTexts] = useState<Record<'en' | 'de', Words>>({
    en: bulletin?.draft.texts.en ?? empty,
    de: bulletin?.draft.texts.de ?? empty,
  })
  const drafting = useChange('incident.draft_bulletin', { stale: staleBulletin, quiet: true, onDone })
  const isOut = bulletin !== null && bulletin.number !== null
  const isWritten = ({ title, happened }: Words) => title.trim() !== '' || happened.trim() !== ''
  const isAnyWritten = languages.some((language) => isWritten(texts[language]))
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        const written = Object.fromEntries(
          languages.filter((language) => isWritten(texts[language])).map((language) => [language, texts[language]]),
        )
        drafting.mutate({
          incidentId,
          audience,
          revision: bulletin?.revision ?? null,
          text: { state, texts: written },
        })
      }}
    >
      <p className="quiet">{t('incident.bulletin.lead')}</p>
      <NativeSelect
        label={t('incident.bulletin.audienceLabel')}
        description={isOut ? t('incident.bulletin.audienceStays') : undefined}
        disabled={isOut}
        value={audience}
        onChange={(event) => setAudience(audiences.find((one) => one === event.currentTarget.value) ?? 'public')}
        data={audiences.map((value) => ({ value, label: t(`incident.bulletin.audience.${value}`) }))}
      />
      <NativeSelect
        label={t('incident.bulletin.stateLabel')}
        value={state}
        onChange={(event) => setState(states.find((one) => one === event.currentTarget.value) ?? 'investigating')}
        data={states.map((value) => ({ value, label: t(`incident.bulletin.state.${value}`) }))}
      />
      {languages.map((language) => (
        <InLanguage
          key={language}
          language={language}
          words={texts[language]}
          isNeeded={isWritten(texts[language]) || (language === own && !isAnyWritten)}
          hasVersions={isOut}
          onChange={(words) => setTexts((before) => ({ ...before, [language]: words }))}
        />
      ))}
      {drafting.error ? (
        <p role="alert" className="bad">
          {sentenceOf(drafting.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={drafting.isPending}>
          {t('incident.bulletin.save')}
        </Button>
      </div>
    </form>
  )
}

function InLanguage({
  language,
  words,
  isNeeded,
  hasVersions,
  onChange,
}: {
  language: 'en' | 'de'
  words: Words
  isNeeded: boolean
  hasVersions: boolean
  onChange: (words: Words) => void
}) {
  const { t } = useTranslation()
  const set = (name: keyof Words) => (event: { readonly currentTarget: { readonly value: string } }) =>
    onChange({ ...words, [name]: event.currentTarget.value })
  return (
    <fieldset className="incident-language">
      <legend>{t(`incident.bulletin.in.${language}`)}</legend>
      <TextInput
        lang={language}
        required={isNeeded}
        minLength={3}
        maxLength={160}
        label={t('incident.bulletin.title')}
        value={words.title}
        onChange={set('title')}
      />
      {hasVersions ? (
        <TextInput
          lang={language}
          maxLength={400}
          label={t('incident.bulletin.change')}
          value={words.change}
          onChange={set('change')}
        />
      ) : null}
      <Textarea
        lang={language}
        autosize
        required={isNeeded}
        minRows={3}
        minLength={10}
        maxLength={4_000}
        label={t('incident.bulletin.happened')}
        description={t('incident.publicHint')}
        value={words.happened}
        onChange={set('happened')}
      />
      <Textarea
        lang={language}
        autosize
        minRows={2}
        maxLength={4_000}
        label={t('incident.bulletin.advice')}
        description={t('incident.bulletin.adviceHint')}
        value={words.advice}
        onChange={set('advice')}
      />
    </fieldset>
  )
}
