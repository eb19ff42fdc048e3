import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { catalogue } from '@art32/catalogue'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input } from '../api/api.ts'
import { useLanguage } from '../language/use-language.ts'
import { levelOf, steps, toneOf } from './level.ts'
import './risk.css'

/** What somebody says of a risk. */
export type Said = Input<'risk.add'> & { processing: string }

const events = ['destruction', 'loss', 'alteration', 'disclosure', 'access'] as const

/** Asks for an assessment; shows the level while it is estimated. */
export function RiskForm({
  first,
  problem,
  isSaving,
  onSave,
}: {
  first: Said
  problem: string | undefined
  isSaving: boolean
  onSave: (said: Said) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const id = useId()
  const [said, setSaid] = useState(first)
  const text = (name: 'title' | 'scenario' | 'processing' | 'reason') => ({
    label: t(name === 'title' ? 'risk.name' : `risk.${name}`),
    value: said[name],
    onChange: (event: { currentTarget: { value: string } }) => setSaid({ ...said, [name]: event.currentTarget.value }),
    withAsterisk: false,
  })
  return (
    <form
      className="form risk-form"
      onSubmit={(event) => {
        event.preventDefault()
        onSave(said)
      }}
    >
      <TextInput {...text('title')} required minLength={3} maxLength={200} />
      <Textarea {...text('scenario')} required minLength={10} maxLength={2_000} autosize minRows={3} />
      <fieldset className="risk-events">
        <legend>{t('risk.what')}</legend>
        {events.map((event) => (
          <Checkbox
            key={event}
            label={t(`risk.event.${event}`)}
            checked={said.events.includes(event)}
            onChange={({ currentTarget: { checked } }) =>
              setSaid({
                ...said,
                events: events.filter((one) => (one === event ? checked : said.events.includes(one))),
              })
            }
          />
        ))}
      </fieldset>
      <TextInput {...text('processing')} description={t('risk.processingHint')} maxLength={200} />
      <Estimate
        when="before"
        value={said.before}
        onChange={(before) =>
          setSaid({
            ...said,
            before,
            after: {
              likelihood: Math.min(before.likelihood, said.after.likelihood),
              severity: Math.min(before.severity, said.after.severity),
            },
          })
        }
      />
      <div>
        <label htmlFor={id}>{t('risk.measures')}</label>
        <p className="note quiet">{t('risk.measuresHint')}</p>
        <select
          id={id}
          multiple
          size={8}
          value={said.measures}
          onChange={(event) =>
            setSaid({ ...said, measures: [...event.currentTarget.selectedOptions].map((option) => option.value) })
          }
        >
          {catalogue.map((measure) => (
            <option key={measure.id} value={measure.id}>
              {measure.title[language]}
            </option>
          ))}
        </select>
      </div>
      <Estimate when="after" value={said.after} most={said.before} onChange={(after) => setSaid({ ...said, after })} />
      <Textarea {...text('reason')} required minLength={3} maxLength={2_000} autosize minRows={2} />
      {problem === undefined ? null : (
        <p role="alert" className="bad">
          {problem}
        </p>
      )}
      <Button type="submit" loading={isSaving} disabled={said.events.length === 0}>
        {t('risk.save')}
      </Button>
    </form>
  )
}

function Estimate({
  when,
  value,
  most = { likelihood: 4, severity: 4 },
  onChange,
}: {
  when: 'before' | 'after'
  value: Said['before']
  most?: Said['before']
  onChange: (value: Said['before']) => void
}) {
  const { t } = useTranslation()
  const level = levelOf(value)
  const choose = (name: 'likelihood' | 'severity') => (
    <NativeSelect
      label={t(`risk.${name}`)}
      value={String(value[name])}
      onChange={(event) => onChange({ ...value, [name]: Number(event.currentTarget.value) })}
      data={steps
        .filter((step) => step <= most[name])
        .map((step) => ({ value: String(step), label: t(`risk.step.${step}`) }))}
    />
  )
  return (
    <fieldset className="risk-estimate">
      <legend>
        {t(`risk.map.${when}`)}: <strong className={toneOf[level]}>{t(`risk.level.${level}`)}</strong>
      </legend>
      {choose('likelihood')}
      {choose('severity')}
    </fieldset>
  )
}
