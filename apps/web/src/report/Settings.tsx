import { Button, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { useChange } from '../api/use-api.ts'
import { cited } from '../incident/incident-view.ts'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Refused } from './Refused.tsx'

type Shown = Output<'report.list'>

/** What is promised to whoever reports, and whether the Cyber Resilience Act applies: answered for by a signature. */
export function Settings({ shown: { setting, rule } }: { shown: Shown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const maySign = useMay('edition:sign')
  const { setAt, ...said } = setting
  const [given, setGiven] = useState(said)
  const saving = useChange('report.set_up', { stale: ['report.list'], quiet: true })
  const number = (name: 'acknowledgeDays' | 'discloseDays', max: number) => (
    <NumberInput
      label={t(`report.${name}`)}
      value={given[name]}
      min={1}
      max={max}
      allowDecimal={false}
      hideControls
      disabled={!maySign}
      onChange={(value) => setGiven({ ...given, [name]: Number(value) })}
    />
  )
  return (
    <section className="section" aria-labelledby="promise">
      <h2 id="promise">{t('report.settings')}</h2>
      <p>
        {setAt === null ? t('report.notSet') : t('report.setOn', { day: day(setAt, language) })}{' '}
        {maySign ? t('report.settingsLead') : null}
      </p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate(given)
        }}
      >
        <NativeSelect
          label={t('report.isOpen')}
          value={given.isOpen === null ? 'auto' : given.isOpen ? 'open' : 'closed'}
          disabled={!maySign}
          onChange={(event) => {
            const { value } = event.currentTarget
            setGiven({ ...given, isOpen: value === 'auto' ? null : value === 'open' })
          }}
          data={(['auto', 'open', 'closed'] as const).map((value) => ({ value, label: t(`report.isOpenAs.${value}`) }))}
        />
        {number('acknowledgeDays', 30)}
        {number('discloseDays', 365)}
        <Textarea
          label={t('report.policy')}
          description={t('report.policyHint')}
          value={given.policy}
          autosize
          minRows={3}
          maxLength={5_000}
          disabled={!maySign}
          onChange={(event) => setGiven({ ...given, policy: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('report.craField')}
          description={t('report.craSource', {
            day: day(rule.from, language),
            source: cited(rule.source, language),
            read: day(rule.readOn, language),
          })}
          value={given.cra}
          disabled={!maySign}
          onChange={(event) => {
            const { value } = event.currentTarget
            setGiven({ ...given, cra: value === 'applies' || value === 'applies-not' ? value : 'undecided' })
          }}
          data={(['undecided', 'applies', 'applies-not'] as const).map((value) => ({
            value,
            label: t(`report.craAs.${value}`),
          }))}
        />
        <TextInput
          label={t('report.craReason')}
          value={given.craReason}
          maxLength={1_000}
          disabled={!maySign}
          onChange={(event) => setGiven({ ...given, craReason: event.currentTarget.value })}
        />
        <Refused error={saving.error} />
        {maySign ? (
          <Button type="submit" loading={saving.isPending}>
            {t('report.sign')}
          </Button>
        ) : null}
      </form>
    </section>
  )
}
