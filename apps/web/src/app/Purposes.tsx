import { Button, NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { BothField } from './BothField.tsx'
import { newPurpose, withEntry } from './app.ts'
import type { Choices, Purpose } from './app.ts'

const bases = ['contract', 'consent', 'law', 'interests', 'public', 'vital'] as const
const specials = [
  'none',
  'explicit-consent',
  'employment',
  'vital',
  'members',
  'made-public',
  'claims',
  'public-interest',
  'health',
  'public-health',
  'archive',
] as const

/** What data are processed for, each with what allows it. */
export function Purposes({
  purposes,
  activities,
  onChange,
}: {
  purposes: readonly Purpose[]
  activities: Choices['activities']
  onChange: (purposes: Purpose[]) => void
}) {
  const { t } = useTranslation()
  return (
    <>
      <h3>{t('app.purposes')}</h3>
      {purposes.map((purpose, index) => {
        const put = (some: Partial<Purpose>) => onChange(withEntry(purposes, index, { ...purpose, ...some }))
        const number = index + 1
        return (
          <fieldset key={number} className="app-entry">
            <legend>{t('app.purpose', { number })}</legend>
            <BothField label={t('app.purposeText')} value={purpose.text} onChange={(text) => put({ text })} />
            <NativeSelect
              label={t('app.basis')}
              value={purpose.basis}
              onChange={({ currentTarget: { value } }) =>
                put({ basis: bases.find((one) => one === value) ?? 'contract' })
              }
              data={bases.map((value) => ({ value, label: t(`app.bases.${value}`) }))}
            />
            {purpose.basis === 'interests' || purpose.basis === 'law' || purpose.basis === 'public' ? (
              <BothField
                label={t(purpose.basis === 'interests' ? 'app.interest' : 'app.law')}
                value={purpose.detail}
                onChange={(detail) => put({ detail })}
              />
            ) : null}
            <NativeSelect
              label={t('app.special')}
              value={purpose.special}
              onChange={({ currentTarget: { value } }) =>
                put({ special: specials.find((one) => one === value) ?? 'none' })
              }
              data={specials.map((value) => ({ value, label: t(`app.specials.${value}`) }))}
            />
            {activities.length === 0 ? null : (
              <NativeSelect
                label={t('app.activity')}
                value={purpose.activityId ?? ''}
                onChange={({ currentTarget: { value } }) => put({ activityId: value === '' ? null : value })}
                data={[
                  { value: '', label: t('app.noActivity') },
                  ...activities.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            )}
            <p className="actions">
              <Button size="compact-sm" onClick={() => onChange(withEntry(purposes, index, null))}>
                {t('app.removePurpose', { number })}
              </Button>
            </p>
          </fieldset>
        )
      })}
      <p className="actions">
        <Button size="compact-sm" onClick={() => onChange([...purposes, newPurpose])}>
          {t('app.addPurpose')}
        </Button>
      </p>
    </>
  )
}
