import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { presetIds, presetOf } from '@art32/press'
import type { PresetId } from '@art32/press'
import type { EditionView, Input } from '../api/api.ts'
import { tenantAddress } from '../api/request.ts'
import { useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { useLanguage } from '../language/use-language.ts'

const forms = ['pdf', 'docx', 'html'] as const

/** Takes a published edition as the annex of a contract: which annex, in which language, for whom. */
export function Annex({ edition }: { edition: EditionView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const [opened, setOpened] = useState(false)
  const [preset, setPreset] = useState<PresetId>('dpa-annex')
  const [words, setWords] = useState<'en' | 'de'>(edition.language)
  const [audience, setAudience] = useState<NonNullable<Input<'edition.annex'>['audience']>>('public')
  return (
    <>
      <button type="button" className="text-button" onClick={() => setOpened(true)}>
        {t('annex.open')}
      </button>
      <Dialog title={t('annex.title', { number: edition.number })} opened={opened} onClose={() => setOpened(false)}>
        <div className="stack">
          <p>{t('annex.text')}</p>
          <NativeSelect
            label={t('annex.which')}
            description={presetOf(preset).contract[language]}
            value={preset}
            onChange={(event) => {
              const chosen = presetIds.find((id) => id === event.currentTarget.value)
              if (chosen) setPreset(chosen)
            }}
            data={presetIds.map((id) => ({ value: id, label: presetOf(id).name[language] }))}
          />
          <SegmentedControl
            aria-label={t('annex.language')}
            value={words}
            onChange={(value) => setWords(value === 'de' ? 'de' : 'en')}
            data={[
              { value: 'de', label: 'Deutsch' },
              { value: 'en', label: 'English' },
            ]}
          />
          {words === edition.language ? null : <p className="note quiet">{t('annex.otherLanguage')}</p>}
          <NativeSelect
            label={t('annex.audience')}
            value={audience}
            onChange={(event) => setAudience(event.currentTarget.value === 'customers' ? 'customers' : 'public')}
            data={(['public', 'customers'] as const).map((value) => ({ value, label: t(`annex.for.${value}`) }))}
          />
          {presetOf(preset).subProcessors ? <p className="note quiet">{t('annex.subProcessors')}</p> : null}
          <div className="actions">
            {forms.map((format) => (
              <Button
                key={format}
                variant={format === 'pdf' ? 'filled' : 'default'}
                component="a"
                href={tenantAddress(slug, 'edition.annex', {
                  editionId: edition.id,
                  preset,
                  format,
                  language: words,
                  audience,
                })}
                download
              >
                {t(`annex.form.${format}`)}
              </Button>
            ))}
          </div>
        </div>
      </Dialog>
    </>
  )
}
