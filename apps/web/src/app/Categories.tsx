import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { BothField } from './BothField.tsx'
import { newCategory, withEntry } from './app.ts'
import type { Category } from './app.ts'

const needs = ['law', 'contract', 'use', 'free'] as const
const units = ['D', 'W', 'M', 'Y'] as const

/** Which data there are, where they come from, and how long each is kept. */
export function Categories({
  categories,
  onChange,
}: {
  categories: readonly Category[]
  onChange: (categories: Category[]) => void
}) {
  const { t } = useTranslation()
  return (
    <>
      <h3>{t('app.categories')}</h3>
      {categories.map((category, index) => (
        <CategoryFields
          key={category.key}
          number={index + 1}
          category={category}
          onChange={(entry) => onChange(withEntry(categories, index, entry))}
        />
      ))}
      <p className="actions">
        <Button size="compact-sm" onClick={() => onChange([...categories, newCategory(categories)])}>
          {t('app.addCategory')}
        </Button>
      </p>
    </>
  )
}

function CategoryFields({
  number,
  category,
  onChange,
}: {
  number: number
  category: Category
  onChange: (category: Category | null) => void
}) {
  const { t } = useTranslation()
  const put = (some: Partial<Category>) => onChange({ ...category, ...some })
  return (
    <fieldset className="app-entry">
      <legend>{t('app.category', { number })}</legend>
      <BothField label={t('app.categoryName')} value={category.name} onChange={(name) => put({ name })} most={300} />
      <Checkbox
        label={t('app.fromPerson')}
        checked={category.fromPerson}
        onChange={(event) => put({ fromPerson: event.currentTarget.checked })}
      />
      {category.fromPerson ? (
        <NativeSelect
          label={t('app.need')}
          value={category.need ?? ''}
          onChange={({ currentTarget: { value } }) => put({ need: needs.find((one) => one === value) ?? null })}
          data={[
            { value: '', label: t('app.choose') },
            ...needs.map((value) => ({ value, label: t(`app.needs.${value}`) })),
          ]}
        />
      ) : (
        <BothField label={t('app.source')} value={category.source} onChange={(source) => put({ source })} most={500} />
      )}
      {category.fromPerson && category.need !== null && category.need !== 'free' ? (
        <BothField
          label={t('app.consequence')}
          value={category.consequence}
          onChange={(consequence) => put({ consequence })}
        />
      ) : null}
      <Period category={category} onChange={put} />
      <p className="actions">
        <Button size="compact-sm" onClick={() => onChange(null)}>
          {t('app.removeCategory', { number })}
        </Button>
      </p>
    </fieldset>
  )
}

function Period({ category, onChange }: { category: Category; onChange: (some: Partial<Category>) => void }) {
  const { t } = useTranslation()
  const [, length = '', unit = 'M'] = /^P(\d+)([DWMY])$/.exec(category.period) ?? []
  const put = (digits: string, one: string) =>
    onChange({ period: /^[1-9]\d{0,3}$/.test(digits) ? `P${digits}${one}` : '' })
  return (
    <>
      <div className="customer-pair">
        <TextInput
          type="number"
          min={1}
          max={9999}
          label={t('app.period')}
          description={t('app.periodHint')}
          value={length}
          onChange={(event) => put(event.currentTarget.value, unit)}
        />
        <NativeSelect
          label={t('app.unit')}
          value={unit}
          disabled={length === ''}
          onChange={(event) => put(length, event.currentTarget.value)}
          data={units.map((value) => ({ value, label: t(`app.units.${value}`) }))}
        />
      </div>
      {category.period === '' ? (
        <BothField
          label={t('app.criteria')}
          value={category.criteria}
          onChange={(criteria) => onChange({ criteria })}
        />
      ) : (
        <BothField label={t('app.begins')} value={category.from} onChange={(from) => onChange({ from })} most={300} />
      )}
    </>
  )
}
