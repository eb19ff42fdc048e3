import { NativeSelect, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { viewOf } from '@art32/catalogue'
import { useLanguage } from '../language/use-language.ts'
import { orders } from './orders.ts'
import type { OrderId, Wanted } from './orders.ts'

/** The order of the lines, and what of them is looked for. */
export function RegisterTools({
  order,
  wanted,
  found,
  onChange,
}: {
  order: OrderId
  wanted: Wanted
  /** How many lines are shown; null: all of them. */
  found: number | null
  onChange: (wanted: { order?: OrderId; find?: string; by?: Wanted['by'] | undefined }) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [find, setFind] = useState(wanted.find ?? '')
  useEffect(() => {
    if (find === (wanted.find ?? '')) return
    const timer = setTimeout(() => onChange({ find }), 200)
    return () => clearTimeout(timer)
  }, [find, wanted.find, onChange])
  return (
    <div className="register-tools">
      <NativeSelect
        label={t('order.label')}
        value={order}
        onChange={(event) => {
          const chosen = orders.find((one) => one === event.currentTarget.value)
          if (chosen) onChange({ order: chosen })
        }}
        data={orders.map((one) => ({
          value: one,
          label: one === 'own' ? t('order.own') : viewOf(one).title[language],
        }))}
      />
      <TextInput
        type="search"
        label={t('order.find')}
        value={find}
        onChange={(event) => setFind(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('measure.guarantor')}
        value={wanted.by ?? ''}
        onChange={(event) =>
          onChange({ by: (['us', 'processor', 'customer'] as const).find((one) => one === event.currentTarget.value) })
        }
        data={[
          { value: '', label: t('order.anybody') },
          ...(['us', 'processor', 'customer'] as const).map((value) => ({ value, label: t(`guarantor.${value}`) })),
        ]}
      />
      <p className="note quiet register-tools-note" role="status">
        {found === null ? '' : t('order.found', { count: found })}
        {order === 'own' ? '' : ` ${t('order.source', { source: viewOf(order).source[language] })}`}
      </p>
    </div>
  )
}
