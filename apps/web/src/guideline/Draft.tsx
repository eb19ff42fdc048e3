import { Button, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { catalogue } from '@art32/catalogue'
import type { GuidelineShown } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { useLanguage } from '../language/use-language.ts'

/** Changes the draft; what is approved stays as it is. */
export function Draft({ shown: { guideline, draft }, onDone }: { shown: GuidelineShown; onDone: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const id = useId()
  const [title, setTitle] = useState(draft.title)
  const [body, setBody] = useState(draft.body)
  const [months, setMonths] = useState(draft.reviewMonths)
  const [measures, setMeasures] = useState<readonly string[]>(draft.measures)
  const saving = useChange('guideline.change', { stale: ['guideline.show', 'guideline.list'], quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        const { guidelineId } = guideline
        saving.mutate({
          guidelineId,
          revision: draft.revision,
          title,
          body,
          measures: [...measures],
          reviewMonths: months,
        })
      }}
    >
      <TextInput
        label={t('guideline.name')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        required
        withAsterisk={false}
        minLength={3}
        maxLength={200}
      />
      <Textarea
        label={t('guideline.text')}
        description={t('guideline.textHint')}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        required
        withAsterisk={false}
        minLength={20}
        maxLength={50_000}
        autosize
        minRows={10}
        maxRows={30}
      />
      <label htmlFor={id}>{t('guideline.measures')}</label>
      <p className="note quiet">{t('guideline.measuresHint')}</p>
      <select
        id={id}
        multiple
        size={8}
        value={[...measures]}
        onChange={(event) => setMeasures([...event.currentTarget.selectedOptions].map((option) => option.value))}
      >
        {catalogue
          .filter(({ kind }) => kind === 'organisational')
          .map((measure) => (
            <option key={measure.id} value={measure.id}>
              {measure.title[language]}
            </option>
          ))}
      </select>
      <NumberInput
        hideControls
        label={t('guideline.reviewMonths')}
        value={months}
        onChange={(value) => setMonths(Number(value))}
        min={1}
        max={60}
      />
      {saving.error ? (
        <p role="alert" className="bad">
          {sentenceOf(saving.error, t)}
        </p>
      ) : null}
      <Button type="submit" loading={saving.isPending}>
        {t('guideline.save')}
      </Button>
    </form>
  )
}
